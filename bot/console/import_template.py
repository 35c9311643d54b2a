"""The example of the import templates. It passes the check as it stands; a test holds it to that."""

from __future__ import annotations

from typing import Any

from bot.console.entry_form import LISTS

HINT = """一条写在一个“- ”下面，缩进用空格。依据写成：民法典 第六百七十五条。
scope 写 全国、江苏省、南通市 或村名；audience 写 所有人、妇女、劳动者 等；sensitive 写 true 或 false。
variants（其他问法）要 4 到 12 种。facts（要问的情况）可不写；不写的，原来条目里有的保持不变。
这一条是示例，导入时会跳过。"""

EXAMPLE: dict[str, str] = {
    "topic": "民间借贷与担保",
    "question": "（示例，导入时会跳过这一行）借出去的钱多久不要就过期了",
    "variants": "别人欠我钱好几年了还能要吗\n借条五年了有没有用\n欠钱多少年作废\n老账还能不能告",
    "short": "一般三年内要主张权利，催过一次可以重新算。",
    "answer": "向法院请求保护民事权利的期间一般是三年，从您知道权利受到损害、也知道该找谁那天起算。"
    "中间书面催要过、对方答应过还，都可以重新算。",
    "steps": "先书面催要一次，留下记录\n找村人民调解委员会调解",
    "evidence": "借条、转账记录\n催要的短信或微信",
    "deadlines": "一般三年",
    "where": "村人民调解委员会\n12348 公共法律服务热线",
    "citations": "民法典 第一百八十八条\n民法典 第一百九十五条",
    "number_sources": "",
    "scope": "全国",
    "audience": "所有人",
    "sensitive": "否",
    "reviewed_on": "",
    "reviewed_by": "司法所",
    "notes": "",
    "id": "",
}


def example_fields() -> dict[str, Any]:
    """The example as the fields of an entry file, without the topic and what is left empty."""
    fields: dict[str, Any] = {key: text for key, text in EXAMPLE.items() if text and key != "topic"}
    split = {key: text.splitlines() for key, text in fields.items() if key in {*LISTS, "citations"}}
    return {**fields, **split, "sensitive": False}
