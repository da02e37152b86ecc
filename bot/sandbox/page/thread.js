// The messages of the open chat. Nodes of unchanged messages stay, so focus, opened quotes and spoilers survive.

import { bubble, notice } from "./bubbles.js";
import { element } from "./dom.js";
import { fitQuotes } from "./richtext.js";
import { openChat, page, shownMessages, speakerOf } from "./state.js";

const by = (id) => document.getElementById(id);
const GROUPED_SECONDS = 300;
const painted = new Map(); // "chat:message" -> {message, look, node}

// `actions`: onReply, onForward, onEdit, onCommand, onPress, onStart.
export function paintThread(actions, toEnd = false) {
  const scroller = by("scroller");
  const atEnd = toEnd || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
  const messages = shownMessages();
  reconcile(by("messages"), messages.length ? bubbles(messages, actions) : [welcome(actions)]);
  fitQuotes(by("messages"));
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

function bubbles(messages, actions) {
  const chat = openChat();
  const nodes = [];
  let previous = null;
  for (const message of messages) {
    const day = new Date(message.date * 1000).toLocaleDateString("zh-CN", { month: "long", day: "numeric" });
    if (day !== previous?.day) nodes.push(notice(day));
    const follows = previous?.from === message.from.id && day === previous.day && message.date - previous.date < GROUPED_SECONDS;
    nodes.push(nodeOf(message, { speaker: speakerOf(chat), follows, showNames: chat.type !== "private" }, actions));
    previous = { from: message.forum_topic_created ? null : message.from.id, day, date: message.date };
  }
  return nodes;
}

function nodeOf(message, look, actions) {
  const key = `${message.chat.id}:${message.message_id}`;
  const known = painted.get(key);
  if (known?.message === message && known.look.speaker === look.speaker && known.look.follows === look.follows) return known.node;
  const node = bubble(message, { ...look, ...actions });
  painted.set(key, { message, look, node });
  return node;
}

function reconcile(list, nodes) {
  const wanted = new Set(nodes);
  const focused = focusedButton(list);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  let cursor = list.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else list.insertBefore(node, cursor);
  }
  if (focused && !list.contains(document.activeElement)) {
    document.getElementById(focused.item)?.querySelectorAll(".inline-button")[focused.index]?.focus();
  }
}

// Which button of which message has the focus: an edited message is painted anew under the person's fingers.
function focusedButton(list) {
  const button = list.contains(document.activeElement) ? document.activeElement : null;
  const item = button?.closest(".message");
  if (!item || !button.matches(".inline-button")) return null;
  return { item: item.id, index: [...item.querySelectorAll(".inline-button")].indexOf(button) };
}

function welcome(actions) {
  const chat = openChat();
  const isPrivate = chat.type === "private";
  const about = isPrivate ? page.bot.description || "给机器人发一条消息，开始对话。" : howToAsk(chat);
  return element(
    "li",
    { class: "welcome" },
    element("strong", {}, isPrivate ? page.bot.first_name : chat.title),
    element("p", {}, about),
    isPrivate ? element("button", { type: "button", onclick: actions.onStart }, "开始") : null,
  );
}

function howToAsk(chat) {
  if (chat.privacy) return "隐私模式开启：机器人只收到命令和对它的回复，收不到 @。可以用命令提问，或在右上角菜单里关闭隐私模式。";
  return `输入 @${page.bot.username} 或命令，向机器人提问。`;
}
