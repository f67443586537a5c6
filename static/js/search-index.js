/* Search, 2 of 4: the index. Loads its files as classic scripts, so that it works from a disk, reads the lists of
   tokens (builder/search says how they are written), finds the records that may hold some words, and keeps account of
   the bytes that a query costs. No page. */
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
  const STEP = 8; // shards to load at a time, of all runs, but of one run no more than half
  const MOST = 8; // shards of a run to load at all: a long run is looked into sooner
  const LISTS = 18000; // bytes of long lists that a query may cost, once it is known where to look at all
  const ROOM = 43000; // bytes that a query may cost by itself; a reader who asks for more is given more
  const SENT = 0.7; // bytes of a sign of a list when it is sent; of a list with nearly all records much less:
  const SENT_OF_SLOT = 0.6;
  const SENT_OF_OTHER = 1.8; // of a Chinese character

  const own = document.currentScript.src.replace(/[^/]*$/, ""); // where the scripts of the search lie
  const loaded = new Map();
  let manifest = null;
  let spent = 0; // bytes since the query was begun, about as they are sent

  /* What every file of the index calls; the first is the manifest, which the page asks for. */
  function receive(data) {
    const { took } = document.currentScript;
    if (took) {
      took(data);
    } else {
      manifest = data;
      readColumn(data);
    }
  }

  function load(address) {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address + "?" + manifest.version;
        script.took = (data) => {
          const text = JSON.stringify(data);
          const others = text.replace(/[ -~]+/g, "").length;
          spent += (text.length - others) * SENT + others * SENT_OF_OTHER;
          resolve(data);
        };
        script.onerror = () => {
          loaded.delete(address);
          reject(new Error(address));
        };
        script.onload = () => {
          script.remove();
          resolve();
        };
        document.head.append(script);
      }));
    }
    return loaded.get(address);
  }

  const file = (kind, name) => load(`search/${kind}/${name}.js`);
  const whole = (name) => load(`search/${name}.js`);
  const script = (name) => load(`${own}${name}.js`);

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
    for (const kind of numbers(data.kinds).flatMap((two) => [KINDS[Math.floor(two / 6)], KINDS[two % 6]])) {
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
    const weekdays = await whole("weekdays");
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
    const shard = await file("pairs", shardOf(token, manifest.shards));
    return Object.hasOwn(shard, token) ? shard[token] : "";
  }

  const cost = (held) => Math.min(held * SENT, column.kinds.length * SENT_OF_SLOT);
  const longName = (token) => [...token].map((character) => character.codePointAt(0).toString(16)).join("-");

  /* The lists of a token: where it stands in texts, in headings, in names; slots, of a pair places (PLACES to a slot). */
  async function lists(token) {
    if (!decoded.has(token)) {
      const held = await entry(token);
      const parts = (typeof held === "number" ? await file("long", longName(token)) : held).split("|");
      decoded.set(token, [0, 1, 2].map((kind) => new Set(slots(parts[kind]))));
    }
    return decoded.get(token);
  }

  function both(first, second) {
    const [small, large] = first.size <= second.size ? [first, second] : [second, first];
    const shared = new Set();
    small.forEach((number) => large.has(number) && shared.add(number));
    return shared;
  }

  function unite(sets) {
    const all = new Set();
    sets.forEach((set) => set.forEach((number) => all.add(number)));
    return all;
  }

  /* The slots of places, which stand in order; or those alone that have several. */
  function slotsOf(places, several) {
    const found = new Set();
    let last = -1;
    places.forEach((place) => {
      const slot = Math.floor(place / PLACES);
      if (!several || slot === last) {
        found.add(slot);
      }
      last = slot;
    });
    return found;
  }

  /* At most so many of some things, evenly spread, the ends and the middle first: neighbouring pairs tell the same. */
  function spread(items, most) {
    const even = items.length <= most ? items : [...Array(most).keys()].map((at) => items[Math.round(at * (items.length - 1) / (most - 1))]);
    const order = [];
    for (let step = 2 ** Math.ceil(Math.log2(even.length || 1)); step >= 1; step /= 2) {
      for (let at = 0; at < even.length; at += step) {
        order.push(even[at]);
      }
    }
    return [...new Set(order)];
  }

  /* A run that is looked for: the tokens whose shards have not been loaded, what the lists of the others have in common
     (null where there is none yet), and those of which the lists are long. */
  class Term {
    constructor(run) {
      const characters = [...run];
      this.run = run;
      this.pairs = characters.slice(1).map((character, at) => characters[at] + character);
      this.waiting = spread(this.pairs.length ? [...new Set(this.pairs)] : [run], MOST);
      this.found = null;
      this.long = [];
    }

    async join(token) {
      const more = await lists(token);
      this.found = this.found ? this.found.map((set, kind) => both(set, more[kind])) : more;
      this.held = this.all = null;
    }

    async take(token) {
      const held = await entry(token);
      if (typeof held === "number" && !decoded.has(token)) {
        this.long.push({ term: this, token, cost: cost(held) });
      } else {
        await this.join(token);
      }
    }

    /* The slots of what has been found: list by list, and of all. */
    get bySlot() {
      this.held ??= this.pairs.length ? this.found.map((set) => slotsOf(set)) : this.found;
      return this.held;
    }

    get slots() {
      this.all ??= unite(this.bySlot);
      return this.all;
    }

    /* Where the run may be: in texts, often in texts, in headings, in names, anywhere: null where that is not known. */
    async close() {
      const { run } = this;
      const word = WORD.test(run) && typeof (await entry(" " + run)) === "string" ? unite(await lists(" " + run)) : new Set();
      if (!this.found) {
        return { run, text: word, often: new Set(), head: new Set(), name: new Set(), word, any: null };
      }
      const [text, head, name] = this.bySlot;
      const often = this.pairs.length ? slotsOf(this.found[0], true) : new Set();
      return { run, text, often, head, name, word, any: this.slots };
    }

    /* Whether the lists say for certain where it is. */
    get isSure() {
      return this.pairs.length < 2 && !this.waiting.length && !this.long.length;
    }
  }

  /* The slots where all runs may be, as far as is known; null where nothing is known of any. */
  function common(terms) {
    const sets = terms.filter((term) => term.found).map((term) => term.slots).sort((a, b) => a.size - b.size);
    return sets.length ? sets.reduce(both) : null;
  }

  const isNarrow = (terms) => (common(terms)?.size ?? Infinity) <= ENOUGH;

  /* Load lists until few candidates are left: those in shards first, then the long ones, the cheapest first, of which
     the first is loaded in any case, the others only for `most` bytes. */
  async function narrow(terms, most) {
    const step = Math.max(1, Math.min(STEP / 2, Math.floor(STEP / terms.length)));
    while (!isNarrow(terms) && terms.some((term) => term.waiting.length) && (spent < ROOM / 2 || !common(terms))) {
      await Promise.all(terms.flatMap((term) => term.waiting.splice(0, step).map((token) => term.take(token))));
    }
    let used = 0;
    for (const each of terms.flatMap((term) => term.long).sort((a, b) => a.cost - b.cost)) {
      used += each.cost;
      if (isNarrow(terms) || (used > most && common(terms))) {
        break;
      }
      each.term.long.splice(each.term.long.indexOf(each), 1);
      await each.term.join(each.token);
    }
  }

  function byRank(terms) {
    const weight = (slot) => terms.reduce((sum, term) => sum + weightIn(term, slot), 0);
    return (matched) => matched.map((slot) => ({ slot, weight: weight(slot), day: column.days[slot] ?? Infinity }))
      .sort((a, b) => b.weight - a.weight || a.day - b.day || a.slot - b.slot).map(({ slot }) => slot);
  }

  function weightIn(term, slot) {
    const place = term.name.has(slot) ? 16 : term.head.has(slot) ? 8 : term.often.has(slot) ? 2 : 0;
    const isProse = column.kinds[slot] === "page"; // what the editors say of the archive comes after what it holds
    return place + (term.word.has(slot) ? 1 : 0) - (isProse ? 4 : 0);
  }

  /* The records that may hold all runs, the likeliest first; long lists may cost so many bytes. */
  async function find(runs, most = LISTS) {
    const wanted = runs.map((run) => new Term(run));
    await narrow(wanted, most);
    const terms = await Promise.all(wanted.map((term) => term.close()));
    const known = terms.filter((term) => term.any).map((term) => term.any);
    const matched = known.length ? [...known.sort((a, b) => a.size - b.size).reduce(both)] : [];
    return { terms, slots: byRank(terms)(matched), isSure: wanted.every((term) => term.isSure) };
  }

  Object.assign(archiveSearch, {
    receive, script, file, whole, exactDays, numbers, entry, find, year,
    kind: (slot) => column.kinds[slot],
    manifest: () => manifest,
    begin: () => { spent = 0; },
    room: () => ROOM - spent,
  });
})();
