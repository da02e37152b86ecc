// The writing line: sending, replying, editing, files, and completion of commands and mentions.

import { element } from "./dom.js";
import { plainText } from "./bubbles.js";

const by = (id) => document.getElementById(id);

export class Composer {
  // `actions`: send(text, replyTo), edit(message, text), upload(file, caption, replyTo), candidates(kind) -> [{name, note}]
  constructor(actions) {
    this.actions = actions;
    this.reply = null;
    this.editing = null;
    this.file = null;
    this.options = [];
    this.chosen = 0;
    this.text = by("text");
    by("composer").addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => setTimeout(() => this.hideOptions(), 150));
    by("attach").addEventListener("click", () => by("file").click());
    by("file").addEventListener("change", (event) => this.pick(event.target.files[0]));
    by("context-close").addEventListener("click", () => this.clear(Boolean(this.editing)));
  }

  startReply(message) {
    this.editing = null;
    this.reply = message;
    this.showContext(`回复 ${message.from.first_name}`, plainText(message));
  }

  startEdit(message) {
    this.reply = null;
    this.editing = message;
    this.text.value = message.text || message.caption || "";
    this.showContext("编辑消息", plainText(message));
    this.changed();
  }

  pick(file) {
    by("file").value = "";
    if (!file) return;
    this.file = file;
    this.editing = null;
    this.showContext("发送文件", file.name);
    this.changed();
  }

  insert(text) {
    this.text.value = text;
    this.text.focus();
    this.changed();
  }

  clear(emptyText = true) {
    this.reply = this.editing = this.file = null;
    if (emptyText) this.text.value = "";
    by("context").hidden = true;
    this.changed();
  }

  showContext(title, text) {
    by("context-title").textContent = title;
    by("context-text").textContent = text;
    by("context").hidden = false;
    this.text.focus();
  }

  async submit(event) {
    event?.preventDefault();
    const text = this.text.value.trim();
    const { reply, editing, file } = this;
    if (!text && !file) return;
    this.clear();
    const done = await this.deliver(text, reply, editing, file);
    if (!done && !this.text.value) this.insert(text);
  }

  deliver(text, reply, editing, file) {
    if (editing) return this.actions.edit(editing, text);
    if (file) return this.actions.upload(file, text, reply);
    return this.actions.send(text, reply);
  }

  changed() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
    by("send").disabled = !this.text.value.trim() && !this.file;
    this.suggest();
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter
    if (this.options.length && this.completionKey(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      this.clear(Boolean(this.editing));
    }
  }

  completionKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + this.options.length) % this.options.length;
      this.showOptions();
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      const typed = this.word()?.typed;
      const option = this.options[this.chosen];
      const whole = typed === option.name || typed === option.name.split("@")[0]; // "/help" is "/help@bot" in a group
      if (event.key === "Enter" && whole) return false;
      this.take(option);
    } else if (event.key === "Escape") {
      this.hideOptions();
    } else {
      return false;
    }
    return true;
  }

  // The command or mention that stands before the cursor: a command only at the text's beginning.
  word() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const match = /^\/[A-Za-z0-9_]*$|(?:^|[^\w])(@[A-Za-z0-9_]*)$/.exec(before);
    if (!match) return null;
    const typed = match[1] ?? match[0];
    return { typed, begin: before.length - typed.length, end: before.length };
  }

  async suggest() {
    const word = this.word();
    if (!word) return this.hideOptions();
    const all = await this.actions.candidates(word.typed[0]);
    this.options = all.filter((option) => option.name.toLowerCase().startsWith(word.typed.toLowerCase())).slice(0, 8);
    this.chosen = 0;
    return this.showOptions();
  }

  showOptions() {
    const list = by("completion");
    list.replaceChildren(
      ...this.options.map((option, index) =>
        element(
          "li",
          { role: "option", id: `option-${index}`, "aria-selected": String(index === this.chosen), onmousedown: (event) => this.pointed(event, option) },
          element("strong", {}, option.name),
          element("span", {}, option.note),
        ),
      ),
    );
    list.hidden = !this.options.length;
    this.text.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) this.text.removeAttribute("aria-activedescendant");
    else this.text.setAttribute("aria-activedescendant", `option-${this.chosen}`);
  }

  pointed(event, option) {
    event.preventDefault();
    this.take(option);
  }

  hideOptions() {
    this.options = [];
    this.showOptions();
  }

  take(option) {
    const word = this.word();
    if (!word) return;
    const { value } = this.text;
    const head = `${value.slice(0, word.begin)}${option.name} `;
    this.text.value = head + value.slice(word.end).trimStart();
    this.text.setSelectionRange(head.length, head.length);
    this.hideOptions();
    this.changed();
  }
}
