"""Sentences to try with one tap: ten questions as villagers ask them, one for a person, and idle talk."""

from __future__ import annotations

QUESTIONS = (
    "借给邻居三万没写借条只有微信转账记录，他不还怎么办",
    "老板欠我工资半年了，没签合同能要回来吗",
    "承包地被村里收回去了，合法吗",
    "离婚了彩礼要不要退",
    "骑电动车被小汽车撞了，对方全责，能赔哪些钱",
    "爸妈没留遗嘱，老房子怎么分",
    "邻居盖房挡了我家光",
    "在工地摔伤了算不算工伤",
    "老公打我，我该找谁",
    "网上刷单被骗了两万",
)
FOR_A_PERSON = "我表哥在缅甸赌场欠了债回不来，我能替他报警吗"
CHATTER = "今晚打牌三缺一"
