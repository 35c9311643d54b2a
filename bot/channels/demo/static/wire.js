// The page's side of the server's addresses.

const HEADERS = { "Content-Type": "application/json", "X-Farun-Page": "1" };

// A refusal: sending the same again cannot help. Its message is a sentence for the page.
export class Refused extends Error {}

async function read(response) {
  if (response.ok) return response.json();
  const { fault } = await response.json();
  throw response.status < 500 ? new Refused(fault) : new Error(fault);
}

function post(path, body) {
  return fetch(path, { method: "POST", headers: HEADERS, body: JSON.stringify(body) }).then(read);
}

// What the bot says at once, or null for silence. The same id again is the same message and gets the same words.
export async function say(message) {
  return (await post("/demo/messages", message)).reply;
}

export async function poll(visit) {
  return (await fetch(`/demo/poll?visit=${visit}`).then(read)).deliveries;
}

export function acknowledge(visit, ids) {
  return post("/demo/ack", { visit, ids });
}
