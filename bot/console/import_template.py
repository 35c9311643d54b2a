"""The example row of the import template. It passes the check as it stands; a test holds it to that."""

from __future__ import annotations

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
