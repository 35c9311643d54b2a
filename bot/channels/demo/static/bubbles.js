// From an item of the transcript to an element. Text goes in as text, never as HTML.

function made(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(text, act) {
  const element = made("button", "link", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

// A line in the middle: a hint, or that the bot keeps silent.
export function note(text, label, act) {
  const line = made("li", "note");
  line.append(made("span", "", text));
  if (act) line.append(" ", button(label, act));
  return line;
}

// What somebody said. `who` is an id, for the colour and the side.
export function bubble(item, name) {
  const line = made("li", "said");
  line.dataset.id = item.id;
  line.dataset.who = item.who;
  const face = made("span", "face", name.slice(0, 1));
  face.setAttribute("aria-hidden", "true");
  const words = made("div", "words");
  words.append(made("span", "name", name), made("p", "bubble", item.text), made("span", "state"));
  line.append(face, words);
  return line;
}

// How a message is getting on: on its way, refused, or to be sent again.
export function mark(line, item, again) {
  const state = line.querySelector(".state");
  state.replaceChildren();
  line.classList.toggle("failed", Boolean(item.fault));
  if (item.state === "sending") state.textContent = "发送中…";
  if (item.fault) state.append(`没有发出：${item.fault} `);
  if (item.state === "failed") state.append(button("重发", again));
}
