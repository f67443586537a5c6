/* Search, 1 of 4: texts. How a text is compared (builder/search/characters.py does the same), what a record's paragraphs
   say in both layers, where words stand in them, and the sentence that is shown. No page, no index. */
"use strict";

var archiveSearch = {};

(() => {
  const BLANK = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008" +
    "\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";
  const MIDDLE_DOTS = "\u00b7\u0387\u2022\u2027\u22c5\u30fb\uff65";
  const ALIKE = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "‐": "-", "‑": "-", "―": "-", "｡": "。" };
  const WITHHELD = "［略］"; // what is private: nothing is found across it
  const BREAK = "\n";
  const SENTENCE_END = /[。！？…!?]+[”’」』）)]*|\n/g;
  const CLAUSE_END = /[，、；：。！？]/g;
  const AROUND = 40; // characters shown on each side of a word in a long sentence, to the next mark

  /* Traditional → simplified, as far as it is known: what a record brings, and search-near.js for what finds nothing. */
  const simplified = new Map();

  function foldCharacter(character) {
    if (BLANK.includes(character) || MIDDLE_DOTS.includes(character)) {
      return "";
    }
    const point = character.codePointAt(0);
    let folded = point >= 0xff01 && point <= 0xff5e ? String.fromCharCode(point - 0xfee0) : character;
    folded = ALIKE[folded] || folded;
    const lower = folded.codePointAt(0) < 0x1c80 ? folded.toLowerCase() : folded;
    folded = [...lower].length === 1 ? lower : folded;
    return simplified.get(folded) || folded;
  }

  /* A text as it is searched, and for each unit of that the offset in the text as it is; the last is its length. */
  function fold(text) {
    let folded = "";
    const offsets = [];
    for (let at = 0; at < text.length;) {
      if (text.startsWith(WITHHELD, at)) {
        folded += BREAK;
        offsets.push(at);
        at += WITHHELD.length;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(at));
      const one = foldCharacter(character);
      for (let unit = 0; unit < one.length; unit += 1) {
        offsets.push(at);
      }
      folded += one;
      at += character.length;
    }
    offsets.push(text.length);
    return { folded, offsets };
  }

  function learn(pairs) {
    const characters = [...(pairs || "")];
    for (let at = 0; at + 1 < characters.length; at += 2) {
      simplified.set(characters[at], characters[at + 1]);
    }
  }

  /* Where words stand in a text, as offsets in the text as it is: [start, end]. */
  function occurrences(text, word) {
    const found = [];
    for (let at = text.folded.indexOf(word); at >= 0; at = text.folded.indexOf(word, at + word.length)) {
      const last = text.offsets[at + word.length - 1];
      const size = String.fromCodePoint(text.plain.codePointAt(last)).length;
      found.push([text.offsets[at], last + size]);
    }
    return found;
  }

  function readable(plain) {
    return { plain, ...fold(plain) };
  }

  /* The layers of a paragraph as a record has it: what is read, and, where it differs, what was received. */
  function layers(pieces) {
    const layer = (place) => pieces.map((piece) => (typeof piece === "string" ? piece : piece[place])).join("");
    const found = [readable(layer(0))];
    if (layer(1) !== layer(0)) {
      found.push(readable(layer(1)));
    }
    return found;
  }

  function boundary(pattern, text, from, to, first) {
    let found = first ? from : to;
    for (const match of text.slice(from, to).matchAll(pattern)) {
      found = from + match.index + match[0].length;
      if (!first) {
        break;
      }
    }
    return found;
  }

  /* The sentence around a place, cut at its own marks where it is long: its start and end. */
  function sentence(text, start, end) {
    let from = boundary(SENTENCE_END, text, 0, start, true);
    let to = boundary(SENTENCE_END, text, Math.max(start, end - 1), text.length, false);
    from = start - from > 2 * AROUND ? boundary(CLAUSE_END, text, from, start - AROUND, true) : from;
    to = to - end > 2 * AROUND ? boundary(CLAUSE_END, text, end + AROUND, to, false) : to;
    return [from, to];
  }

  /* A stretch of a text in parts, those that were looked for marked: [[words, is marked]]. */
  function marked(text, places, from, to) {
    const parts = [];
    let at = from;
    for (const [start, end] of [...places].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      if (start >= at && end <= to) {
        parts.push([text.slice(at, start), false], [text.slice(start, end), true]);
        at = end;
      }
    }
    parts.push([text.slice(at, to), false]);
    return parts.filter(([words]) => words);
  }

  /* Letters of a query without tones and apostrophes, ü as u; empty where it is no pinyin. */
  function letters(query) {
    const plain = query.normalize("NFD").replace(/[\u0300-\u036f'’\s·-]/g, "").toLowerCase().replace(/v/g, "u");
    return /^[a-z]+$/.test(plain) ? plain : "";
  }

  Object.assign(archiveSearch, { letters, fold, learn, occurrences, readable, layers, sentence, marked });
})();
