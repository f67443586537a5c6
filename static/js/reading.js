/* Reading settings, kept on the device, and buttons that copy a citation. Every page is whole without this script: it
   adds controls, and changes nothing until they are used. */
(() => {
  "use strict";

  const KEY = "reading";
  const GROUPS = [
    ["scheme", "明暗", { "": "随系统", light: "浅色", dark: "深色" }],
    ["size", "字号", { "": "标准", large: "大", larger: "较大", largest: "最大" }],
    ["gap", "段间", { "": "不空行", line: "空一行" }],
  ];
  const root = document.documentElement;

  /* What is kept may be anything, or out of reach: then nothing is set. */
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };

  const keep = (settings) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(settings));
      return true;
    } catch {
      return false;
    }
  };

  const apply = (settings) => {
    for (const [name, , choices] of GROUPS) {
      const value = settings[name];
      if (value && Object.hasOwn(choices, value)) root.dataset[name] = value;
      else delete root.dataset[name];
    }
    document.querySelector("meta[name=color-scheme]").content = root.dataset.scheme || "light dark";
  };

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const group = ([name, legend, choices]) =>
    make("fieldset", { className: "reading__group" },
      make("legend", { className: "reading__legend" }, legend),
      ...Object.entries(choices).map(([value, words]) =>
        make("label", { className: "reading__choice" }, make("input", { type: "radio", name, value }), words)));

  const addSettings = () => {
    const note = make("p", { className: "reading__note", role: "status" }, "只记在这台设备上。");
    const panel = make("div", { className: "reading", hidden: true }, ...GROUPS.map(group), note);
    const button = make("button", { type: "button", className: "reading__button", ariaExpanded: "false" }, "阅读设置");
    button.addEventListener("click", () => {
      button.ariaExpanded = panel.hidden;
      panel.hidden = !panel.hidden;
    });
    const show = () => {
      for (const input of panel.querySelectorAll("input")) input.checked = (root.dataset[input.name] || "") === input.value;
    };
    const again = () => { apply(read()); show(); };
    panel.addEventListener("change", () => {
      const settings = {};
      for (const { name, value } of panel.querySelectorAll(":checked")) settings[name] = value;
      apply(settings);
      if (!keep(settings)) note.textContent = "这个浏览器不让保存，只对本页有效。";
    });
    addEventListener("storage", again); /* changed in another window */
    addEventListener("pageshow", (event) => { if (event.persisted) again(); });
    show();
    document.querySelector(".bar").append(button, panel);
  };

  /* Where there is no clipboard (pages on http:) or it is refused: by a field, as it used to be done. */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const focused = document.activeElement;
      const field = make("textarea", { value: text, className: "copy__field" });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      focused.focus({ preventScroll: true });
      return done;
    }
  };

  /* The text, with the day of today where the reader is to write it. */
  const filled = (source) => {
    const text = source.cloneNode(true);
    const now = new Date();
    const day = { Y: now.getFullYear(), M: now.getMonth() + 1, D: now.getDate() };
    for (const blank of text.querySelectorAll("[data-today]")) {
      blank.textContent = blank.dataset.today.replace(/([YMD])\1*/g, (run, unit) => `${day[unit]}`.padStart(run.length, "0"));
    }
    return text.textContent.trim();
  };

  const addButton = (source) => {
    const button = make("button", { type: "button", className: "copy__button", ariaLabel: `复制 ${source.dataset.form}` }, "复制");
    const result = make("span", { className: "copy__result", role: "status" });
    button.addEventListener("click", async () => {
      result.textContent = "";
      const done = await copy(filled(source));
      if (!done) getSelection().selectAllChildren(source);
      const dated = source.querySelector("[data-today]") ? "，日期写作今天" : "";
      result.textContent = done ? `已复制${dated}` : "未能复制，文字已选中";
    });
    source.previousElementSibling.append(button, result);
  };

  apply(read());
  const start = () => {
    addSettings();
    document.querySelectorAll(".citation__text").forEach(addButton);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
