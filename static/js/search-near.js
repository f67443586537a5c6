/* Search, 4 of 4, loaded when there is pinyin to look for, or nothing was found: names by ear (whole, from the start, by
   initials, or with one slip), traditional characters, and what part of the words is found. No page. */
"use strict";

(() => {
  const { entry, file, find, letters, room, whole } = archiveSearch;
  const SYLLABLE = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo)$/;
  const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
  const LONGEST = 6; // letters of a syllable
  const SLIP_FROM = 4; // letters: shorter words with a slip could be anything
  const MOST = 8; // files of names that one word may load
  const CHARACTER_FILES = 128;
  const FOLDED = 32; // characters whose simplified forms are asked for, each from a file of a quarter of a kilobyte
  const SPOKEN = 8; // characters whose readings are
  const OF_A_PERSON = 4; // characters of the name of a person, at most
  const PART = 9; // characters of a run of which a part may be offered
  const LOOKED_INTO = 3; // texts that are looked into for that
  const A_NAME = 12000; // and for one more name
  const A_SHARD = 4000; // bytes, at least, for one more shard and a text
  const [WHOLE, SYLLABLES, PREFIX, INITIALS, SLIP] = [0, 1, 2, 3, 4];

  /* How letters may be parted into two syllables and a rest: [first, what comes after]. */
  function partings(word) {
    return [...Array(LONGEST).keys()].map((at) => [word.slice(0, at + 1), word.slice(at + 1)])
      .filter(([first]) => first.length <= word.length && SYLLABLE.test(first));
  }

  /* The beginnings of the keys of names (builder/search/spoken.py) that these letters may be the start of. */
  function beginnings(word) {
    return partings(word).map(([first, rest]) => `${first[0]}${rest[0] || "-"} ${first}${rest ? " " + rest[0] : ""}`);
  }

  /* The words from which this one is a slip: a letter too many, too few, wrong, or two turned around; never the first. */
  function slips(word) {
    const found = new Set();
    for (let at = 1; at <= word.length; at += 1) {
      const [before, after] = [word.slice(0, at), word.slice(at)];
      found.add(before + after.slice(1));
      found.add(before + (after[1] || "") + (after[0] || "") + after.slice(2));
      LETTERS.forEach((letter) => found.add(before + letter + after.slice(1)).add(before + letter + after));
    }
    found.delete(word);
    return [...found].filter(speaker());
  }

  /* What tells whether letters are syllables from end to end; it remembers, for what slips have in common is long. */
  function speaker() {
    const known = new Map([["", true]]);
    return function isSpoken(word) {
      if (!known.has(word)) {
        known.set(word, partings(word).some(([, rest]) => isSpoken(rest)));
      }
      return known.get(word);
    };
  }

  /* How well a name that is said so answers to a word; null where it does not. */
  function quality(word, said, slipped) {
    const syllables = said.split(" ");
    const all = syllables.join("");
    const starts = syllables.map((_, count) => syllables.slice(0, count + 1).join(""));
    if (all === word) {
      return WHOLE;
    }
    if (starts.includes(word)) {
      return SYLLABLES;
    }
    if (all.startsWith(word) && word.length > syllables[0].length) {
      return PREFIX;
    }
    if (word.length > 1 && syllables.map((syllable) => syllable[0]).join("").startsWith(word)) {
      return INITIALS;
    }
    return starts.some((start, at) => at && slipped.has(start)) ? SLIP : null;
  }

  /* The entries whose keys have one of some beginnings. */
  async function entriesFrom(wanted) {
    const begins = await whole("names");
    const numbers = new Set();
    for (const beginning of new Set(wanted)) {
      begins.forEach((key, at) => {
        if (key <= beginning + "\uffff" && (at + 1 === begins.length || begins[at + 1] >= beginning)) {
          numbers.add(at);
        }
      });
    }
    const parts = await Promise.all([...numbers].slice(0, MOST).map((number) => file("names", number)));
    return parts.flat();
  }

  async function lookUp(word, wanted, slipped = new Set()) {
    const found = new Map();
    for (const [said, name, kind, href, about] of await entriesFrom(wanted)) {
      const rank = quality(word, said, slipped);
      if (rank !== null && rank < (found.get(kind + href) || { rank: SLIP + 1 }).rank) {
        found.set(kind + href, { rank, said, name, kind, href, about });
      }
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank || a.said.length - b.said.length || (a.href < b.href ? -1 : 1));
  }

  /* The names that sound like a word, the nearest first: as it is said, else by initials, else with a slip. */
  async function byEarOf(word) {
    const said = beginnings(word);
    const initials = [`${word.slice(0, 2)} `];
    let found = word.length > 3 ? await lookUp(word, said) : await lookUp(word, [...said, ...initials]);
    if (!found.length && word.length > 3) {
      found = speaker()(word) ? [] : await lookUp(word, initials);
    }
    if (found.length || word.length < SLIP_FROM) {
      return found;
    }
    const near = slips(word);
    return lookUp(word, [...said, ...near.flatMap(beginnings)], new Set(near));
  }

  async function byEar(query) {
    const word = letters(query);
    return word.length < 2 ? [] : byEarOf(word);
  }

  const isChinese = (character) => /\p{Script=Han}/u.test(character);
  const characterFile = (character) => file("characters", character.codePointAt(0) % CHARACTER_FILES);

  /* Learn the simplified forms of the characters of a query. */
  async function learn(query) {
    const asked = [...new Set(query)].filter(isChinese).slice(0, FOLDED);
    (await Promise.all(asked.map(characterFile))).forEach(({ simplified }) => archiveSearch.learn(simplified));
  }

  /* How the first characters of a run are read; none from the first on whose reading is not known. */
  async function readings(run) {
    const characters = [...run].slice(0, SPOKEN);
    const files = await Promise.all(characters.map((each) => (isChinese(each) ? characterFile(each) : { readings: {} })));
    const said = files.map(({ readings: known }, at) =>
      Object.keys(known).find((syllable) => known[syllable].includes(characters[at])) || "");
    return said.includes("") ? said.slice(0, said.indexOf("")) : said;
  }

  /* The names that sound like a run of characters, or like its first three or two; of a short one, with a slip. */
  async function byReading(run) {
    const said = await readings([...run].length > SPOKEN ? run.slice(0, 3) : run);
    for (const count of new Set([said.length, 3, 2])) {
      if (count > 1 && count <= said.length) {
        const [first, second] = said;
        const found = await lookUp(said.slice(0, count).join(""), [`${first[0]}${second[0]} ${first} ${second}`]);
        if (found.length) {
          return found;
        }
      }
    }
    return said.length > 1 && [...run].length <= OF_A_PERSON ? byEarOf(said.join("")) : [];
  }

  /* The names that are nearest to what was asked. */
  async function nearest(query, runs) {
    const words = query.split(/\s+/);
    const lists = [];
    for (const word of words.length > 1 ? words : []) {
      lists.push(room() > A_NAME ? await byEar(word) : []);
    }
    for (const run of runs) {
      lists.push(room() > A_NAME ? await byReading(run) : []);
    }
    return [...new Map(lists.flat().map((each) => [each.kind + each.href, each])).values()];
  }

  /* The longest part of a run, or of its beginning where it is long, that some record holds; ``holds`` looks into one. */
  async function partOf(run, holds) {
    const characters = [...run].slice(0, PART);
    let left = LOOKED_INTO;
    for (let length = Math.min(characters.length, [...run].length - 1); length > 1; length -= 1) {
      for (let at = 0; at + length <= characters.length; at += 1) {
        const words = characters.slice(at, at + length).join("");
        if (room() < A_SHARD) {
          return "";
        }
        if (length === 2 ? await entry(words) : (await entry(words.slice(0, 2))) && (await isHeld(words))) {
          return words;
        }
      }
    }
    return "";

    async function isHeld(words) {
      const { slots } = await find([words], 0);
      for (const slot of slots.slice(0, left)) {
        left -= 1;
        if (await holds(slot, words)) {
          return true;
        }
      }
      return false;
    }
  }

  Object.assign(archiveSearch, { near: { byEar, learn, nearest, partOf } });
})();
