/* Reading settings, kept on the device, and the field of the search at the top. Every page is whole without this
   script: it adds controls, and changes nothing until they are used. */
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

  /* A field of the size of the link to the search. */
  const addField = (link) => {
    const field = make("input", {
      type: "search", name: "q", className: "masthead__field", placeholder: "搜索", ariaLabel: "搜索词", enterKeyHint: "search",
    });
    const form = make("form", { action: link.href, className: "masthead__search", role: "search" }, field);
    form.append(make("button", { className: "masthead__button" }, "搜索"));
    link.parentElement.replaceWith(form);
  };

  apply(read());
  const start = () => {
    addSettings();
    document.querySelectorAll("a.masthead__field").forEach(addField);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
