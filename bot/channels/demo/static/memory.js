// What the page remembers: in this tab what was said, in this browser whose page it is.

const PREFIX = "farun-demo:";
const MOST = 300;

// Not crypto.randomUUID: over plain http, as on an office network, a browser does not offer it.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// One for the browser: an adviser's answer also finds a page that was closed and opened again.
export function visit() {
  const key = `${PREFIX}visit`;
  const known = localStorage.getItem(key) ?? uuid();
  localStorage.setItem(key, known);
  return known;
}

export function recall(key, otherwise) {
  return JSON.parse(sessionStorage.getItem(PREFIX + key)) ?? otherwise;
}

export function remember(key, value) {
  sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
}

export function transcript(place) {
  return recall(`said:${place}`, []);
}

export function knows(place, id) {
  return transcript(place).some((item) => item.id === id);
}

// Add an item to a place's transcript, or replace the one of the same id.
export function keep(place, item) {
  const items = transcript(place);
  const at = items.findIndex((earlier) => earlier.id === item.id);
  if (at < 0) items.push(item);
  else items[at] = item;
  remember(`said:${place}`, items.slice(-MOST));
}

export function forget() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(`${PREFIX}said:`)) sessionStorage.removeItem(key);
  }
}
