// One chat on the page: the village's group, or a private chat with the bot.

import { bubble, mark, note } from "./bubbles.js";
import { keep, knows, transcript, uuid, visit } from "./memory.js";
import { Refused, say } from "./wire.js";

const OFFLINE = "网络不通";

// Leaving the page breaks its requests off as well. Only who is still here this many milliseconds later is offline;
// what was on its way when the page was left is sent again when it is opened.
const LEAVING = 500;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export class Chat {
  constructor(section, names) {
    this.section = section;
    this.names = names;
    this.private = section.dataset.part === "private";
    this.log = section.querySelector(".log");
    this.text = section.querySelector("textarea");
    this.at = section.querySelector("[name=at]");
    this.village = "";
    this.underway = new Set();
    this.stayAtTheEnd();
  }

  // When a keyboard or a notice takes room away, the last words stay in sight.
  stayAtTheEnd() {
    const { log } = this;
    let atEnd = true;
    log.addEventListener("scroll", () => (atEnd = log.scrollTop + log.clientHeight > log.scrollHeight - 40));
    new ResizeObserver(() => atEnd && (log.scrollTop = log.scrollHeight)).observe(log);
  }

  get sender() {
    return this.section.querySelector(".who input:checked").value;
  }

  get mention() {
    return `@${this.section.dataset.bot} `;
  }

  // Where what is on screen was said. A group is one for all; a private chat is one for each resident.
  get place() {
    return Chat.placed(this.village, this.private, this.sender);
  }

  static placed(village, inPrivate, sender) {
    return `${village}/${inPrivate ? sender : "group"}`;
  }

  get visible() {
    return this.section.offsetHeight > 0;
  }

  show(village) {
    this.village = village;
    const items = transcript(this.place);
    // Not read aloud: nothing of it is new.
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    if (items.length === 0) this.log.append(note(this.welcome));
    items.forEach((item) => this.draw(item));
    this.mine();
    this.log.scrollTop = this.log.scrollHeight;
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
    // A page left while sending: the same id makes it the same message.
    const left = items.filter((item) => item.state === "sending" && !this.underway.has(item.id));
    left.forEach((item) => this.send(this.place, item));
  }

  get welcome() {
    return this.private
      ? "这里只有您和法润助手。点一句例子，或者自己写。"
      : "这是模拟的村民微信群。点一句例子发到群里，或者自己写。";
  }

  // Everything is seen from the phone of whom one plays.
  mine() {
    for (const line of this.log.querySelectorAll(".said")) line.classList.toggle("mine", line.dataset.who === this.sender);
  }

  draw(item) {
    if (item.kind === "silent") {
      const again = () => this.say(this.mention + item.text, item.who);
      this.log.append(note(`${this.section.dataset.bot}没有插话`, "@它再问一次", item.mentioned ? null : again));
      return;
    }
    const line = bubble(item, this.names[item.who] ?? this.section.dataset.bot);
    mark(line, item, () => this.send(this.place, item));
    this.log.append(line);
  }

  // Into the transcript, and onto the screen if that is what is shown. What is there already is not added again.
  add(place, item) {
    if (knows(place, item.id)) return;
    keep(place, item);
    if (place !== this.place) return;
    this.draw(item);
    this.mine();
    const line = this.log.lastElementChild;
    // Of an answer longer than the screen, the beginning is read first.
    const tall = line.offsetHeight > this.log.clientHeight;
    this.log.scrollTop = tall ? line.offsetTop : this.log.scrollHeight;
  }

  say(text, sender = this.sender) {
    const item = { id: uuid(), kind: "said", who: sender, text };
    this.add(this.place, item);
    return this.send(this.place, item);
  }

  async send(place, item) {
    this.underway.add(item.id);
    this.become(place, item, "sending");
    try {
      const reply = await say(this.message(place, item));
      this.become(place, item, "sent");
      this.add(place, this.answer(item, reply));
    } catch (failure) {
      if (failure instanceof TypeError) await pause(LEAVING);
      this.fail(place, item, failure);
    } finally {
      this.underway.delete(item.id);
    }
  }

  message(place, item) {
    const [village] = place.split("/");
    return { id: item.id, visit: visit(), village, sender: item.who, private: this.private, text: item.text };
  }

  answer(item, reply) {
    const id = `${item.id}-answer`;
    if (reply !== null) return { id, kind: "said", who: "bot", text: reply };
    return { id, kind: "silent", who: item.who, text: item.text, mentioned: item.text.includes(this.mention.trim()) };
  }

  fail(place, item, failure) {
    const refused = failure instanceof Refused;
    this.become(place, item, refused ? "refused" : "failed", failure instanceof TypeError ? OFFLINE : failure.message);
    if (refused && this.text.value === "") this.text.value = item.text;
  }

  become(place, item, state, fault = "") {
    Object.assign(item, { state, fault });
    keep(place, item);
    const line = this.log.querySelector(`[data-id="${item.id}"]`);
    if (line) mark(line, item, () => this.send(place, item));
  }
}
