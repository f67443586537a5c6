/* Search, 2 of 4: the index. Loads its files as classic scripts, so that it works from a disk, reads the lists of
   tokens (builder/search says how they are written) and finds the records that may hold some words. No page. */
"use strict";

(() => {
  const SIGNS = [...Array(0x7f - 0x23).keys()].map((n) => String.fromCharCode(n + 0x23)).filter((s) => !"\\|".includes(s));
  const BASE = SIGNS.length;
  const [ALONE, PAIRS, TRIPLES] = [57, 24, 7];
  const FROM_TRIPLES = ALONE + PAIRS * BASE;
  const FROM_FOURS = FROM_TRIPLES + TRIPLES * BASE * BASE;
  const VALUE = new Int16Array(128);
  SIGNS.forEach((sign, value) => { VALUE[sign.charCodeAt(0)] = value; });
  const KINDS = ["", "organisation", "region", "page", "person", "document"];
  const PLACES = 8; // of a slot: a line stands at its number modulo this
  const DAY = 86400000;
  const WORD = /^(?:[0-9]+(?:\.[0-9]+)*|[a-zà-ɏ]+(?:'[a-zà-ɏ]+)*)$/;
  const ENOUGH = 5; // candidates to look into rather than load more lists
  const BUDGET = 18000; // bytes, as sent, of long lists
  const SENT = 0.7; // of a long list, at most; of one with nearly all records much less:
  const SENT_OF_SLOT = 0.6; // bytes

  const own = document.currentScript.src.replace(/[^/]*$/, ""); // where the scripts of the search lie
  const waiting = new Map();
  const loaded = new Map();
  let manifest = null;

  const path = { pairs: "pairs/", long: "long/", names: "names/", text: "text/" };

  /* What every file of the index calls. */
  function receive(kind, key, data) {
    const name = kind + ":" + key;
    if (kind === "manifest") {
      manifest = data;
      readColumn(data);
    }
    if (kind === "text") {
      archiveSearch.learn(data.fold);
    }
    (waiting.get(name) || (() => {}))(data);
  }

  const script = (name) => load("script", name, own + name + ".js");

  function load(kind, key, file) {
    const name = kind + ":" + key;
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = (file || "search/" + path[kind] + key + ".js") + "?" + manifest.version;
        script.onerror = () => {
          loaded.delete(name);
          reject(new Error(script.src));
        };
        script.onload = () => script.remove();
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  function numbers(text) {
    const found = [];
    for (let at = 0; at < text.length;) {
      const lead = VALUE[text.charCodeAt(at)];
      const more = (place) => VALUE[text.charCodeAt(at + place)];
      if (lead < ALONE) {
        found.push(lead);
        at += 1;
      } else if (lead < ALONE + PAIRS) {
        found.push(ALONE + (lead - ALONE) * BASE + more(1));
        at += 2;
      } else if (lead < ALONE + PAIRS + TRIPLES) {
        found.push(FROM_TRIPLES + ((lead - ALONE - PAIRS) * BASE + more(1)) * BASE + more(2));
        at += 3;
      } else {
        found.push(FROM_FOURS + (((lead - ALONE - PAIRS - TRIPLES) * BASE + more(1)) * BASE + more(2)) * BASE + more(3));
        at += 4;
      }
    }
    return found;
  }

  function slots(text) {
    let last = -1;
    return numbers(text || "").map((gap) => (last += gap + 1));
  }

  /* Of each slot: its kind, and the first day of its week, later its day (since 1970, null where none is known). */
  const column = { kinds: [], days: [] };

  function readColumn(data) {
    const weeks = numbers(data.weeks);
    let dated = 0;
    for (const sign of data.kinds) {
      const kind = KINDS[sign];
      let day = null;
      if (kind === "person" || kind === "document") {
        day = weeks[dated] ? data.first + (weeks[dated] - 1) * 7 : null;
        dated += 1;
      }
      column.kinds.push(kind);
      column.days.push(day);
    }
  }

  /* The days of the week make the days exact; order by week is enough until years are counted. */
  async function exactDays() {
    const weekdays = await load("facet", "weekday", "search/weekdays.js");
    if (!column.areExact) {
      let dated = 0;
      column.kinds.forEach((kind, slot) => {
        if (kind === "person" || kind === "document") {
          column.days[slot] = column.days[slot] === null ? null : column.days[slot] + Number(weekdays[dated]);
          dated += 1;
        }
      });
      column.areExact = true;
    }
  }

  function year(slot) {
    const day = column.days[slot];
    return day === null || day === undefined ? null : new Date(day * DAY).getUTCFullYear();
  }

  function shardOf(token, shards) {
    let mixed = 0;
    for (const character of token) {
      mixed = Math.imul(mixed ^ character.codePointAt(0), 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    return (mixed >>> 0) & (shards - 1);
  }

  const decoded = new Map();

  /* What the shard says of a token: its lists or, where they are long, how many characters they have. */
  async function entry(token) {
    const shard = await load("pairs", shardOf(token, manifest.shards));
    return Object.hasOwn(shard, token) ? shard[token] : "";
  }

  const longName = (token) => [...token].map((character) => character.codePointAt(0).toString(16)).join("-");

  async function cost(token) {
    const held = await entry(token);
    return typeof held === "number" ? Math.min(held * SENT, column.kinds.length * SENT_OF_SLOT) : 0;
  }

  /* The lists of a token: where it stands in texts, in headings, in names; slots, of a pair places (PLACES to a slot). */
  async function lists(token) {
    if (!decoded.has(token)) {
      const held = await entry(token);
      const parts = (typeof held === "number" ? await load("long", longName(token)) : held).split("|");
      decoded.set(token, [0, 1, 2].map((kind) => new Set(slots(parts[kind]))));
    }
    return decoded.get(token);
  }

  function both(first, second) {
    const [small, large] = first.size <= second.size ? [first, second] : [second, first];
    return new Set([...small].filter((number) => large.has(number)));
  }

  const unite = (sets) => new Set(sets.flatMap((set) => [...set]));

  /* What the lists of some tokens have in common, kind by kind; of long ones, the rarest first, only as many as pay. */
  async function meet(tokens) {
    const costs = new Map(await Promise.all(tokens.map(async (token) => [token, await cost(token)])));
    let found = null;
    let spent = 0;
    for (const token of [...costs.keys()].sort((a, b) => costs.get(a) - costs.get(b))) {
      spent += costs.get(token);
      if (found && costs.get(token) && (spent > BUDGET || unite(found).size <= ENOUGH)) {
        break;
      }
      const more = await lists(token);
      found = found ? found.map((set, kind) => both(set, more[kind])) : more;
    }
    return found;
  }

  /* Where a run of characters may be: in texts, often in texts, in headings, in names. Sure where one list says it. */
  async function candidates(run) {
    const characters = [...run];
    const pairs = characters.slice(1).map((character, at) => characters[at] + character);
    const found = await meet(pairs.length ? pairs : [run]);
    const counts = new Map();
    const bySlot = found.map((set) => (pairs.length ? new Set([...set].map((place) => Math.floor(place / PLACES))) : set));
    found[0].forEach((place) => counts.set(Math.floor(place / PLACES), (counts.get(Math.floor(place / PLACES)) || 0) + 1));
    const whole = WORD.test(run) ? unite(await lists(" " + run)) : new Set();
    const [text, head, name] = bySlot;
    const often = pairs.length ? new Set([...text].filter((slot) => counts.get(slot) > 1)) : new Set();
    return { run, text, often, head, name, whole, any: unite(bySlot), isSure: characters.length < 3 };
  }

  function byRank(terms) {
    const weight = (slot) => terms.reduce((sum, term) => sum + weightIn(term, slot), 0);
    const day = (slot) => column.days[slot] ?? Infinity;
    return (matched) => {
      const weights = new Map(matched.map((slot) => [slot, weight(slot)]));
      return matched.sort((a, b) => weights.get(b) - weights.get(a) || day(a) - day(b) || a - b);
    };
  }

  function weightIn(term, slot) {
    const place = term.name.has(slot) ? 16 : term.head.has(slot) ? 8 : term.often.has(slot) ? 2 : 0;
    const isProse = column.kinds[slot] === "page"; // what the editors say of the archive comes after what it holds
    return place + (term.whole.has(slot) ? 1 : 0) - (isProse ? 4 : 0);
  }

  /* The records that may hold all runs, the likeliest first. */
  async function find(runs) {
    const terms = await Promise.all(runs.map(candidates));
    const [first, ...others] = terms;
    const matched = [...first.any].filter((slot) => others.every((term) => term.any.has(slot)));
    return { terms, slots: byRank(terms)(matched), isSure: terms.every((term) => term.isSure) };
  }

  const record = (slot) => load("text", slot);
  const names = (number) => load("names", number);
  const variants = () => load("variants", "", "search/variants.js");
  const facet = (kind) => load("facet", kind, "search/" + kind + "s.js");

  Object.assign(archiveSearch, {
    receive, script, exactDays, numbers, find, record, names, variants, facet, year,
    kind: (slot) => column.kinds[slot],
    day: (slot) => column.days[slot],
    manifest: () => manifest,
    shardOf,
  });
})();
