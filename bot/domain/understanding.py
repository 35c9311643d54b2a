"""From a text to a question: cleaned, the mention stripped, danger and wishes recognised. Rules only, no retrieval."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.question import Question, Speech, Urgency

MAX_LENGTH = 2_000
"""Characters of a message that are read; the rest of a longer one is stored but not searched."""

_INVISIBLE = re.compile(r"[​-‏⁠﻿︎️]")
_SPACES = re.compile(r"[\s    ]+")
_MENTION = re.compile(r"@[^\s@，。！？,!?]{1,20}\s?")
_STICKER = re.compile(r"\[[^\[\]]{1,6}\]|[\U0001F000-\U0001FAFF☀-➿]")
_PUNCTUATION = re.compile(r"[\s,.!?;:~，。！？；：、～…—\-]+")

_CHOICE = re.compile(r"我?(?:选|就)?第?\s*([1-4一二三四])\s*(?:个|条|项|号)?(?:问题)?[。.!！]?")
_CHOICES = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_MORE = frozenset({"继续", "详细", "更多", "全部", "看详细", "看全部", "还有呢"})
_FORGET_ME = re.compile(
    r"(?:请|帮我|把)?(?:删除|删掉|清除|注销)我的?(?:所有|全部)?(?:的)?(?:信息|数据|记录|资料|聊天记录)"
)
_GREETING = re.compile(
    r"(?:大家|各位|群里|律师|老师|老乡们?|亲们?)?(?:早上|上午|中午|下午|晚上|周末|节日|新年)?(?:好|早|早安|晚安|你好|您好|在吗|在不在|有人吗|愉快|快乐)(?:啊|呀|哦|吖)?"
)
_OPENING = re.compile(
    r"(?:你好|您好|律师|老师)*(?:我|俺)?"
    r"(?:想|要|来|请|问|咨询|请教|有|个|点|件|一|下|些|您|你|法律|上|的|问题|事|情|吗|啊|呀)+"
)
_ACKNOWLEDGED = re.compile(
    r"我?(?:好|的|吧|嘞|嗯|哦|噢|行|可以|收到|知道|晓得|明白|清楚|懂|了解|了|啊|呀|ok)+", re.IGNORECASE
)
_THANKS = re.compile(r"谢谢|多谢|感谢|辛苦了|谢了|麻烦你了")
_PERSON = re.compile(
    r"转?人工(?!智能)|真人|找(?:个|一下|下)?(?:村里的?)?(?:律师|法律顾问|顾问)|(?:律师|顾问).{0,4}(?:联系我|打电话给我|在不在)|要(?:跟|和|找)(?:律师|顾问|人)(?:说|谈|聊)|不要机器人"
)

_ASKING = re.compile(
    r"[?？]|吗|么(?:$|[，。,.])|怎么|咋|如何|怎样|能不能|可不可以|可以不|行不行|要不要|该不该|是不是|算不算|有没有|会不会|合不合|"
    r"合法|违法|犯法|多少|几年|多久|谁|哪里|哪个|哪儿|什么|啥|为何|为什么|该找|求助|请问|想问|问一下|咨询|"
    r"[能得行成](?:不|否)|不[能可]以?吗|呢(?:$|[？。])"
)
_TROUBLE = re.compile(
    r"不还|不给|不肯|不让|不管|不认|拖欠|欠(?:我|钱|薪|款|债)|被(?:骗|打|撞|偷|抢|占|收|扣|辞|开除|咬|拘|抓|告|强)|"
    r"挡(?:了|住)|漏水|摔伤|受伤|工伤|骗了|打我|打人|家暴|离婚|彩礼|赔|讹|纠纷|起诉|法院|判|合同|遗嘱|遗产|继承|"
    r"抚养|赡养|拆迁|征地|宅基地|承包地|房产|产权|假货|退款|押金|欠条|借条|工资|加班|社保|低保|酒驾|撞"
)
_NOTICE = re.compile(
    r"接龙|通知[:：]|@所有人|转发|点赞|链接|扫码|优惠|特价|招聘|出售|转让|新鲜|上门|快递|取件|投票|红包|拼团|开会|停水|停电|核酸|疫苗|缴费"
)

_FAMILY = "老公|丈夫|男人|对象|男朋友|女朋友|前夫|前男友|老婆|媳妇|妻子|儿子|女儿|儿媳|女婿|婆婆|公公|爸|妈|父亲|母亲|家里人|继父|后爸|哥|弟"
_URGENT: tuple[tuple[Urgency, re.Pattern[str]], ...] = (
    (
        Urgency.SELF_HARM,
        re.compile(
            r"不想活|想死|寻死|自杀|轻生|活不下去|(?:喝|吃)(?:了)?(?:农药|敌敌畏|百草枯|安眠药)|跳(?:楼|河|井)|割腕|上吊"
        ),
    ),
    (
        Urgency.CHILD_IN_DANGER,
        re.compile(
            r"(?:孩子|小孩|娃|女儿|儿子|孙女|孙子|学生|未成年|幼儿|女童|小姑娘|女娃).{0,14}"
            r"(?:被拐|拐走|拐卖|抱走|猥亵|性侵|强奸|乱摸|摸(?:了|下身)|失踪|不见了|走丢|虐待|关起来|往死里打|打得|欺凌|霸凌|殴打)|"
            r"(?:猥亵|性侵|强奸|拐卖|虐待).{0,6}(?:孩子|小孩|儿童|幼女|学生|未成年|女儿|孙女)"
        ),
    ),
    (
        Urgency.VIOLENCE,
        re.compile(
            rf"家暴|家庭暴力|救命|(?:拿|提|举)着?(?:刀|斧|棍|铁锹)|(?:要|扬言)(?:杀|弄死|砍|打死)|(?:正在|现在|还在|又在?|天天|经常|总是|老是|往死里).{{0,3}}(?:打我|打人|打她|揍)|"
            rf"(?:{_FAMILY}).{{0,8}}(?:打我|揍我|掐我|踢我|打(?:了)?(?:她|他妈|我妈|老人|孩子)|动手打|家暴|殴打)|被(?:{_FAMILY})(?:打|揍|砍|掐|家暴)"
        ),
    ),
    (
        Urgency.ONGOING_FRAUD,
        re.compile(
            r"刷单|杀猪盘|裸聊|(?:冒充|假冒|假的?)(?:客服|公检法|警察|领导|熟人|银行)|安全账户|屏幕共享|共享屏幕|"
            r"(?:网上|网络|电话|微信|qq|抖音|短信|app|投资|理财|贷款|网贷|炒股|炒币|游戏|买东西|转账|汇款|链接|验证码).{0,14}(?:被骗|骗了|受骗|上当|诈骗|骗子|骗走)|"
            r"(?:被骗|骗了我|骗走|诈骗).{0,10}(?:转|汇|打款|银行卡|万|千|块|元|钱)",
            re.IGNORECASE,
        ),
    ),
    (
        Urgency.DETENTION,
        re.compile(
            r"被(?:拘留|刑拘|逮捕|抓(?:了|走|进|起来)|带走|扣留|扣住|关(?:了|起来|在|进)|绑|非法拘禁|派出所)|(?:拘留|刑拘|逮捕)(?:了|通知)|"
            r"限制.{0,2}自由|不让(?:我|他|她)?(?:走|回家|出门)|(?:缅甸|柬埔寨|老挝|菲律宾|境外|国外|外国).{0,16}(?:回不来|出不来|被扣|被骗|被关|失联|赎)"
        ),
    ),
    (
        Urgency.DEADLINE,
        re.compile(
            r"(?:今天|明天|后天|马上|快要?|就要|还有[一二两三四五1-5]天|最后[一二两三1-3]天|这两天|这几天).{0,10}(?:到期|过期|截止|期满|满[一二三]年|过时效|开庭|失效|来不及)|最后一天.{0,8}(?:上诉|起诉|申请|复议|仲裁)"
        ),
    ),
    (
        Urgency.GROUP_CONFLICT,
        re.compile(
            r"(?:几十|十几|上百|好多|一群|一帮|全村|两边).{0,6}(?:人|户).{0,10}(?:围|堵|打起来|要打|闹起来|对峙|拦)|打群架|械斗|聚众|拉横幅|堵(?:路|门|工地)|打起来了"
        ),
    ),
)


def normalise(text: str) -> str:
    """One way of writing: NFKC, no invisible characters, single spaces.

    >>> normalise("　借条ＡＢＣ１２３ \\n 丢了")
    '借条ABC123 丢了'
    """
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


def without_mention(text: str, names: Sequence[str]) -> str:
    """The text without @-mentions; the bot's own names may contain spaces.

    >>> without_mention("@法润 助手 借条丢了怎么办", ["法润 助手"])
    '借条丢了怎么办'
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f"@{name}", " ")
    return _SPACES.sub(" ", _MENTION.sub(" ", text)).strip()


def urgency_of(text: str) -> Urgency | None:
    """The first danger that applies, the gravest kinds first."""
    return next((kind for kind, pattern in _URGENT if pattern.search(text)), None)


def asks(text: str) -> bool:
    """Is something asked in so many words? A complaint alone does not."""
    return _ASKING.search(text) is not None


def understand(text: str, *, in_group: bool, mentioned: bool, names: Sequence[str] = ()) -> Question:
    """What the text is. In a group, only an @ addresses the bot; in a private chat everything does."""
    cleaned = without_mention(normalise(text), names)[:MAX_LENGTH]
    speech, choice = _speech(cleaned)
    return Question(
        text=cleaned,
        speech=speech,
        in_group=in_group,
        addressed=mentioned or not in_group,
        urgency=urgency_of(cleaned) if speech in (Speech.QUESTION, Speech.CHATTER) else None,
        wants_person=speech in (Speech.QUESTION, Speech.CHATTER) and _PERSON.search(cleaned) is not None,
        choice=choice,
    )


def _speech(text: str) -> tuple[Speech, int | None]:
    words = _STICKER.sub("", text)
    bare = _PUNCTUATION.sub("", words)
    if not bare:
        return Speech.EMPTY, None
    if (chosen := _CHOICE.fullmatch(words.strip())) is not None:
        return Speech.CHOICE, _CHOICES[chosen.group(1)]
    if bare in _MORE:
        return Speech.MORE, None
    if _FORGET_ME.fullmatch(bare):
        return Speech.FORGET_ME, None
    if _GREETING.fullmatch(bare) or _OPENING.fullmatch(bare):
        return Speech.GREETING, None
    if _ACKNOWLEDGED.fullmatch(bare):
        return Speech.THANKS, None
    if _THANKS.search(bare) and len(bare) <= 20 and not _ASKING.search(words):
        return Speech.THANKS, None
    if _NOTICE.search(words) and not re.search(r"怎么办|[吗?？]", words):
        return Speech.CHATTER, None
    asks = _ASKING.search(words) or _TROUBLE.search(words) or urgency_of(words)
    return (Speech.QUESTION if asks else Speech.CHATTER), None
