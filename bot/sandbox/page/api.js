// The sandbox's control API, as the page uses it: plain requests and the stream of events.

const BASE = "/sandbox/api/";

async function request(path, options) {
  const response = await fetch(BASE + path, options).catch(() => {
    throw new Error("连不上沙盒");
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

function post(path, body) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const readState = () => request("state");
export const readMessages = (chatId) => request(`chats/${chatId}/messages`);
export const readCommands = (chatId, personId) => request(`commands?chat_id=${chatId}&person_id=${personId}`);
export const sendMessage = (message) => post("messages", message);
export const editMessage = (edit) => post("edits", edit);
export const forwardMessage = (forward) => post("forwards", forward);
export const pressButton = (press) => post("presses", press);
export const setMembership = (membership) => post("membership", membership);
export const setPrivacy = (privacy) => post("privacy", privacy);
export const fileAddress = (fileId) => `${BASE}files/${encodeURIComponent(fileId)}`;

export function sendFile(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) form.append(name, value);
  }
  form.append("file", file);
  return request("uploads", { method: "POST", body: form });
}

// Calls onEvent for every event behind `after`, for as long as the page is open; the browser reconnects by itself.
export function follow(after, onEvent, onConnection) {
  const source = new EventSource(`${BASE}events?after=${after}`);
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onopen = () => onConnection(true);
  source.onerror = () => onConnection(false);
}
