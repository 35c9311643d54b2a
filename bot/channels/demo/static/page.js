// The page: the village, the part shown on a phone, and what comes in later.

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { forget, keep, knows, recall, remember, visit } from "./memory.js";
import { acknowledge, poll } from "./wire.js";

const EVERY = 4000;
const AFTER_A_FAILURE = 15000;

const village = document.getElementById("village");
const news = document.getElementById("news");
const tabs = document.querySelectorAll("[data-shows]");
const members = document.querySelectorAll("#group .who input");
const names = Object.fromEntries(Array.from(members, (member) => [member.value, member.dataset.name]));
const chats = {};
const composers = {};

function show(chat) {
  chat.show(village.value);
  composers[chat.section.dataset.part].greet();
}

function showVillage() {
  remember("choice:village", village.value);
  document.querySelector("[data-village]").textContent = village.selectedOptions[0].dataset.name;
  Object.values(chats).forEach(show);
}

// On a phone one part at a time; on a wide screen the stylesheet shows them all.
function showPart(part) {
  document.body.dataset.shown = part;
  tabs.forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.shows === part)));
  remember("choice:part", part);
  if (chats[part]) chats[part].log.scrollTop = chats[part].log.scrollHeight;
}

// An answer that came for a place which is not on screen.
function tell(delivery) {
  const where = Array.from(village.options).find((option) => option.value === delivery.village).dataset.name;
  const place = delivery.private ? `${names[delivery.to]}的私聊` : "群";
  news.querySelector("span").textContent = `${where}${place}里有新答复。`;
  news.hidden = false;
  news.querySelector("button").onclick = () => {
    news.hidden = true;
    const part = delivery.private ? "private" : "group";
    village.value = delivery.village;
    if (delivery.private) composers[part].choose(delivery.to);
    showVillage();
    showPart(part);
  };
}

function receive(delivery) {
  const chat = delivery.private ? chats.private : chats.group;
  const place = Chat.placed(delivery.village, delivery.private, delivery.to);
  const mention = delivery.private ? "" : `@${names[delivery.to]} `;
  const item = { id: `delivery-${delivery.id}`, kind: "said", who: "bot", text: mention + delivery.text };
  if (knows(place, item.id)) return;
  if (chat.visible && chat.place === place) {
    chat.add(place, item);
  } else {
    keep(place, item);
    tell(delivery);
  }
}

async function fetchLater() {
  const deliveries = await poll(visit());
  if (deliveries.length === 0) return;
  deliveries.forEach(receive);
  // Only now that they stand in the transcript; given again, they are known by their ids.
  await acknowledge(visit(), deliveries.map((delivery) => delivery.id));
}

let timer;

async function keepAsking() {
  let wait = EVERY;
  try {
    if (!document.hidden) await fetchLater();
  } catch (failure) {
    console.warn(failure);
    wait = AFTER_A_FAILURE;
  }
  clearTimeout(timer);
  timer = setTimeout(keepAsking, wait);
}

for (const section of document.querySelectorAll(".chat")) {
  const chat = new Chat(section, names);
  chats[section.dataset.part] = chat;
  composers[section.dataset.part] = new Composer(chat, () => (chat.private ? show(chat) : chat.mine()));
}
village.value = recall("choice:village", village.value);
showVillage();
showPart(recall("choice:part", "group"));
village.addEventListener("change", showVillage);
tabs.forEach((tab) => tab.addEventListener("click", () => showPart(tab.dataset.shows)));
document.getElementById("clear").addEventListener("click", () => {
  forget();
  showVillage();
});
document.addEventListener("visibilitychange", keepAsking);
keepAsking();
