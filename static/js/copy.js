/* Buttons that copy a citation, on the page of a person. The citations are there without this script, to be selected. */
(() => {
  "use strict";

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
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

  document.querySelectorAll(".citation__text").forEach(addButton);
})();
