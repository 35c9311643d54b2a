// Writing in one chat: the text box, who speaks, the @, the examples.

import { recall, remember, transcript } from "./memory.js";

export class Composer {
  constructor(chat, onSender) {
    this.chat = chat;
    this.examples = chat.section.querySelector(".examples");
    this.toggle = chat.section.querySelector(".toggle");
    this.key = `choice:${chat.section.dataset.part}`;
    this.recallChoice();
    this.listen(onSender);
  }

  listen(onSender) {
    const { section, text } = this.chat;
    section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.post(text.value);
    });
    text.addEventListener("keydown", (event) => {
      // While a Chinese keyboard is choosing characters, Enter is its own.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.post(text.value);
    });
    text.addEventListener("input", () => this.fit());
    section.querySelector(".who").addEventListener("change", ({ target }) => {
      this.suit("adviser" in target.dataset);
      this.keepChoice();
      onSender();
    });
    this.chat.at?.addEventListener("change", () => this.keepChoice());
    this.toggle.addEventListener("click", () => this.open(this.examples.hidden));
    for (const example of section.querySelectorAll(".example")) {
      const words = example.firstChild.textContent;
      example.addEventListener("click", () => this.send(words, "plain" in example.dataset));
    }
  }

  post(text) {
    if (text.trim() === "") return;
    this.chat.text.value = "";
    this.fit();
    this.send(text, false);
    this.chat.text.focus();
  }

  send(text, plain) {
    const named = plain || !this.chat.at?.checked || text.includes(this.chat.mention.trim());
    this.open(false);
    this.chat.say(named ? text : this.chat.mention + text);
  }

  // An adviser speaks to the residents; a resident's choice about the @ comes back with the resident.
  suit(adviser) {
    const { at } = this.chat;
    if (!at) return;
    if (adviser) this.residentsAt = at.checked;
    at.checked = adviser ? false : (this.residentsAt ?? at.checked);
    if (!adviser) this.residentsAt = undefined;
  }

  // The examples lie open as long as nothing was said.
  greet() {
    this.open(transcript(this.chat.place).length === 0);
  }

  open(wanted) {
    this.examples.hidden = !wanted;
    this.toggle.setAttribute("aria-expanded", String(wanted));
  }

  // As high as the text, up to the limit the stylesheet sets.
  fit() {
    const { text } = this.chat;
    text.rows = 1;
    while (text.scrollHeight > text.clientHeight && text.rows < 5) text.rows += 1;
  }

  choose(sender) {
    const radio = this.chat.section.querySelector(`.who input[value="${sender}"]`);
    if (radio) radio.checked = true;
    this.keepChoice();
  }

  keepChoice() {
    remember(this.key, { sender: this.chat.sender, at: this.chat.at?.checked });
  }

  recallChoice() {
    const choice = recall(this.key, null);
    if (choice === null) return;
    this.choose(choice.sender);
    if (this.chat.at) this.chat.at.checked = choice.at;
  }
}
