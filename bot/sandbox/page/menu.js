// The menu of the open chat: privacy mode, and blocking or removing the bot.

import * as api from "./api.js";
import { element } from "./dom.js";
import { attempt } from "./feedback.js";
import { openChat, speakerOf } from "./state.js";

const by = (id) => document.getElementById(id);

export const GONE = { blocked: "已停用机器人", kicked: "机器人已被移出", left: "机器人已退出" };

export function closeMenu() {
  by("menu").hidden = true;
  by("menu-button").setAttribute("aria-expanded", "false");
}

function openMenu() {
  const items = choices(openChat()).map(([text, act]) => {
    const run = () => {
      closeMenu();
      attempt(act);
    };
    return element("button", { type: "button", role: "menuitem", onclick: run }, text);
  });
  by("menu").replaceChildren(...items);
  by("menu").hidden = false;
  by("menu-button").setAttribute("aria-expanded", "true");
  items[0].focus();
}

function choices(chat) {
  const move = (status) => () => api.setMembership({ chat_id: chat.id, from_id: speakerOf(chat), status });
  const out = chat.bot_status in GONE;
  if (chat.type === "private") return [out ? ["恢复机器人", move("member")] : ["停用机器人", move("blocked")]];
  const privacy = () => api.setPrivacy({ chat_id: chat.id, on: !chat.privacy });
  return [
    [chat.privacy ? "关闭隐私模式" : "开启隐私模式", privacy],
    out ? ["请回机器人", move("member")] : ["移出机器人", move("kicked")],
  ];
}

export function setUpMenu() {
  by("menu-button").addEventListener("click", () => (by("menu").hidden ? openMenu() : closeMenu()));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#menu, #menu-button")) closeMenu();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu());
}
