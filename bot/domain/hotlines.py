"""What is said first when somebody is in danger. Numbers are public hotlines; wording reviewed per kind."""

from __future__ import annotations

from bot.domain.question import Urgency

HOTLINES: dict[Urgency, str] = {
    Urgency.VIOLENCE: "⚠️ 有危险先跑到安全的地方，马上打 110。受伤打 120。也可以打妇女维权热线 12338。",
    Urgency.SELF_HARM: "⚠️ 请先别一个人待着，马上给家里人或邻居打电话。有人已经受伤或喝了药，立刻打 120；情况危急打 110。心里难受可以打心理援助热线 12356，有人听您说。",
    Urgency.CHILD_IN_DANGER: "⚠️ 孩子有危险，马上打 110；受伤打 120。孩子的名字和细节请不要发在群里。",
    Urgency.ONGOING_FRAUD: "⚠️ 先停手，不要再转钱。马上打 110 报警，也可以打反诈专线 96110；同时打银行客服，请求止付、挂失。聊天和转账记录别删。",
    Urgency.DETENTION: "⚠️ 人被非法关着、扣着，马上打 110。人在国外的，打外交部全球领事保护热线 0086-10-12308。被公安机关拘留的，家属可以先问清关在哪里、为什么，并可申请法律援助（12348）。",
    Urgency.DEADLINE: "⚠️ 期限快到了，不要等。今天就带上材料去法院、仲裁委或收件的部门递交，也可以打 12348 问怎么交；过了期限可能就不受理了。",
    Urgency.GROUP_CONFLICT: "⚠️ 先离开现场，不要动手、不要围堵。有人受伤打 120，要打起来马上打 110。请等村干部、民警到场处理。",
}
