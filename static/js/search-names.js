/* Search, 4 of 4, loaded when there is pinyin to look for: names by ear. Finds people, organisations and regions by pinyin: whole, from the start, by initials,
   or with one slip. No page. */
"use strict";

(() => {
  const SYLLABLE = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo)$/;
  const LONGEST = 6;
  const SLIP_FROM = 4; // letters: shorter words with a slip could be anything
  const MOST = 8; // files that a search by ear may load
  const [WHOLE, SYLLABLES, PREFIX, INITIALS, SLIP] = [0, 1, 2, 3, 4];

  /* The keys under which a name may stand whose start these letters are. */
  function keys(word) {
    const found = word.length === 2 ? [word] : [word.slice(0, 2)];
    for (let length = 1; length <= LONGEST; length += 1) {
      if (SYLLABLE.test(word.slice(0, length))) {
        found.push(word[0] + (word[length] || "-"));
      }
    }
    return found;
  }

  /* The keys of names from which these letters are one slip away, but for the first letter. */
  function keysNear(word) {
    return [...word.slice(1, LONGEST + 2)].filter((letter) => !"iuv".includes(letter)).map((letter) => word[0] + letter);
  }

  /* Whether one letter too many, too few, wrong, or two letters turned around make one word of the other. */
  function isNear(first, second) {
    if (Math.abs(first.length - second.length) > 1) {
      return false;
    }
    let at = 0;
    while (at < first.length && first[at] === second[at]) {
      at += 1;
    }
    const [a, b] = [first.slice(at), second.slice(at)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (a.slice(0, 2) === [...b.slice(0, 2)].reverse().join("") && a.slice(2) === b.slice(2));
  }

  function quality(word, said) {
    const syllables = said.split(" ");
    const whole = syllables.join("");
    const starts = syllables.map((_, count) => syllables.slice(0, count + 1).join(""));
    if (whole === word) {
      return WHOLE;
    }
    if (starts.includes(word)) {
      return SYLLABLES;
    }
    if (whole.startsWith(word) && word.length > syllables[0].length) {
      return PREFIX;
    }
    if (word.length > 1 && syllables.map((syllable) => syllable[0]).join("").startsWith(word)) {
      return INITIALS;
    }
    if (word.length >= SLIP_FROM && starts.some((start, at) => at && isNear(word, start))) {
      return SLIP;
    }
    return null;
  }

  /* The entries under some keys; all there are where the archive has few names. */
  async function entriesUnder(wanted) {
    const count = archiveSearch.manifest().names;
    if (count <= MOST) {
      const parts = await Promise.all([...Array(count).keys()].map(archiveSearch.names));
      return parts.flatMap((part) => Object.values(part).flat());
    }
    const shards = new Set();
    const held = [...new Set(wanted)].filter((key) => shards.add(archiveSearch.shardOf(key, count)).size <= MOST);
    const parts = await Promise.all(held.map((key) => archiveSearch.names(archiveSearch.shardOf(key, count))));
    return held.flatMap((key, at) => parts[at][key] || []);
  }

  async function lookUp(word, wanted) {
    const found = new Map();
    for (const [said, name, kind, href, about] of await entriesUnder(wanted)) {
      const rank = quality(word, said);
      if (rank !== null && rank < (found.get(kind + href) || { rank: SLIP + 1 }).rank) {
        found.set(kind + href, { rank, said, name, kind, href, about });
      }
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank || a.said.length - b.said.length || (a.href < b.href ? -1 : 1));
  }

  /* The names that sound like a word, the nearest first; with a slip only where nothing is found without. */
  async function byEar(query) {
    const word = archiveSearch.letters(query);
    if (word.length < 2) {
      return [];
    }
    const found = await lookUp(word, keys(word));
    const exact = found.filter((entry) => entry.rank < SLIP);
    if (exact.length || word.length < SLIP_FROM) {
      return exact;
    }
    return lookUp(word, [...keys(word), ...keysNear(word)]);
  }

  /* How Chinese characters are read, as far as is known; empty where one is not. */
  async function spoken(run) {
    const { readings } = await archiveSearch.variants();
    const said = [...run].map((character) =>
      Object.keys(readings).find((syllable) => readings[syllable].includes(character)));
    return said.every(Boolean) ? said.join("") : "";
  }

  Object.assign(archiveSearch, { byEarNow: byEar, spokenNow: spoken });
  archiveSearch.receive("script", "search-names", null);
})();
