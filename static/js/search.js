/* Search, 3 of 4: the page. Takes what is typed, shows what is found as it is typed, in groups, each with its sentence
   and the words marked; keeps the query in the address. Every text is put into the page as text, never as markup. */
"use strict";

(() => {
  const FEW = 5; // records: so few are all looked into, and then every count is exact
  const SMALL = 1500; // records: the facets of so small an archive are loaded at once
  const SHOWN = { people: 4, organisations: 4, regions: 4, texts: 5 };
  const A_TEXT = 3300; // bytes of a text, about
  const SPARE = 1; // texts that may be looked into in vain before a reader is asked whether to go on
  const PASSAGES = 3; // of one document, before the next
  const FACETS = 12; // values of a facet that are offered
  const GROUPS = [["people", "人物", "person"], ["organisations", "机构", "organisation"], ["regions", "地区", "region"], ["texts", "段落", ""]];
  const FACET_WORDS = [["region", "地区"], ["organisation", "机构"], ["year", "年份"]];

  const part = (name) => document.querySelector(`[data-search="${name}"]`);
  let current = 0; // the number of the search that is going on: an answer to an earlier one is not shown

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) {
      made.className = className;
    }
    made.append(...children);
    return made;
  }

  function link(text, href) {
    const made = element("a", "link", text);
    made.href = href;
    return made;
  }

  const withMarks = (parts) => parts.map(([words, isMarked]) => (isMarked ? element("mark", "found", words) : words));

  /* What is typed: words parted by spaces, each of which has to be found. */
  function runsOf(query) {
    return [...new Set(query.split(/\s+/).map((word) => archiveSearch.fold(word).folded).filter(Boolean))];
  }

  /* What finds names by ear, and what is near where nothing was found: loaded when it is first needed. */
  async function near() {
    await archiveSearch.script("search-near");
    return archiveSearch.near;
  }

  const byEar = async (query) => (archiveSearch.letters(query).length < 2 ? [] : (await near()).byEar(query));

  // ---- One record: where the words stand in it

  function fieldMatch([label, text], runs) {
    const readable = archiveSearch.readable(text);
    const places = runs.map((run) => archiveSearch.occurrences(readable, run));
    return { label, text, places, has: places.map((found) => found.length > 0) };
  }

  function paragraphMatch([anchor, ...pieces], runs, number) {
    const found = archiveSearch.layers(pieces).map((layer, place) => {
      const places = runs.map((run) => archiveSearch.occurrences(layer, run));
      return { anchor, number, text: layer.plain, isReceived: place === 1, places, has: places.map((each) => each.length > 0) };
    });
    const best = found.reduce((a, b) => (count(b.has) > count(a.has) ? b : a));
    best.all = runs.map((_, at) => found.some((layer) => layer.has[at]));
    return best;
  }

  const count = (flags) => flags.filter(Boolean).length;

  /* How far apart the words of a paragraph stand at the least: 0 for one word. */
  function spread(places) {
    const firsts = places.filter((each) => each.length);
    let best = Infinity;
    for (const [start] of firsts[0] || []) {
      const ends = firsts.map((each) => Math.min(...each.map(([other]) => Math.abs(other - start))));
      best = Math.min(best, Math.max(...ends));
    }
    return best;
  }

  /* What of a record holds the words; null where it does not hold them all. */
  async function examine(slot, runs) {
    const record = await archiveSearch.file("text", slot);
    archiveSearch.learn(record.fold);
    const fields = [...record.names, ...record.heads].map((field) => fieldMatch(field, runs));
    const paragraphs = record.paragraphs.map((paragraph, at) => paragraphMatch(paragraph, runs, at));
    const holds = (run, at) => fields.some((field) => field.has[at]) || paragraphs.some((paragraph) => paragraph.all[at]);
    if (!runs.every(holds)) {
      return null;
    }
    const held = paragraphs.filter((paragraph) => count(paragraph.has));
    held.forEach((paragraph) => {
      paragraph.spread = spread(paragraph.places);
      paragraph.times = paragraph.places.flat().length;
    });
    held.sort((a, b) => count(b.has) - count(a.has) || a.spread - b.spread || b.times - a.times || a.number - b.number);
    const times = held.reduce((sum, paragraph) => sum + paragraph.times, 0);
    return { slot, record, fields: fields.filter((field) => count(field.has)), paragraphs: held, times };
  }

  // ---- One search: the groups, filled as far as they are shown

  class Search {
    constructor(runs, found, heard, ticked) {
      Object.assign(this, { runs, found, ticked, examined: new Map() });
      this.slots = found.slots;
      this.isSure = found.isSure;
      this.heard = Object.values(ticked).some((values) => values.size) ? [] : heard;
    }

    examine(slot) {
      if (!this.examined.has(slot)) {
        this.examined.set(slot, examine(slot, this.runs));
      }
      return this.examined.get(slot);
    }

    /* Look into all there is where that is little: then what is counted has been seen. */
    async makeSure() {
      if (!this.isSure && this.slots.length <= FEW) {
        const found = await Promise.all(this.slots.map((slot) => this.examine(slot)));
        this.slots = this.slots.filter((_, at) => found[at]);
        this.isSure = true;
      }
    }

    async start() {
      await this.makeSure();
      const wanted = await filtered(this.slots, this.ticked);
      const { terms } = this.found;
      this.groups = GROUPS.map(([name, words, kind]) => {
        const inHead = (slot) => terms.some((term) => term.head.has(slot) || term.name.has(slot));
        const inText = (slot) => terms.some((term) => !term.any || term.text.has(slot)); // of a run too common to ask, maybe
        const isPage = (slot) => archiveSearch.kind(slot) === "page"; // has no group of its own: its title stands with the texts
        const belongs = (slot) => (kind ? archiveSearch.kind(slot) === kind && inHead(slot) : inText(slot) || (isPage(slot) && inHead(slot)));
        const queue = wanted.filter(belongs);
        const heard = this.heard.filter((entry) => entry.kind === kind);
        return { name, words, kind, queue, heard, total: queue.length, next: 0, dropped: 0, matches: [] };
      });
      for (const group of this.groups) {
        await this.more(group, SHOWN[group.name], archiveSearch.room);
      }
      for (let group = this.next; this.isEmpty && group && archiveSearch.room() > A_TEXT; group = this.next) {
        await this.more(group, 1);
      }
      return this;
    }

    /* The first group of which not all has been looked into. */
    get next() {
      return this.groups.find((group) => group.next < group.queue.length);
    }

    /* Fill a group with some more of what has been looked into, as far as there is room for in bytes; returns what is new,
       the best first. */
    async more(group, wanted = SHOWN[group.name], room = () => Infinity) {
      const fresh = [];
      const size = (match) => (group.kind ? 1 : Math.max(1, Math.min(PASSAGES, match.paragraphs.length)));
      let open = wanted;
      const end = Math.min(group.queue.length, group.next + wanted + SPARE);
      while (open > 0 && group.next < end && room() > A_TEXT) {
        const most = Math.min(Math.ceil(open / (group.kind ? 1 : 2)), Math.floor(room() / A_TEXT));
        const batch = group.queue.slice(group.next, end).slice(0, most);
        group.next += batch.length;
        for (const match of await Promise.all(batch.map((slot) => this.examine(slot)))) {
          if (match && belongsTo(group, match)) {
            fresh.push(match);
            open -= size(match);
          } else {
            group.dropped += 1;
          }
        }
      }
      const order = new Map(group.queue.map((slot, at) => [slot, at]));
      if (!group.kind) {
        fresh.sort((a, b) => isProse(a) - isProse(b) || closeness(a) - closeness(b) || b.times - a.times || order.get(a.slot) - order.get(b.slot));
      }
      group.matches.push(...fresh);
      return fresh;
    }

    get isEmpty() {
      return this.groups.every((group) => !group.matches.length && !group.heard.length);
    }
  }

  /* Whether what was found in a record is what a group shows: for a person a heading, for a text a paragraph. */
  function belongsTo(group, { record, fields, paragraphs }) {
    return (group.kind ? fields : record.kind === "page" ? [...fields, ...paragraphs] : paragraphs).length > 0;
  }

  const isProse = (match) => Number(match.record.kind === "page"); // what the editors say of the archive comes last
  const closeness = ({ paragraphs: [first] }) => (first ? first.spread - 10000 * count(first.has) : 0);

  /* How many a group has, in words: exact where all have been looked into or one list says it. */
  function countWords(search, group) {
    const heard = group.heard.filter((entry) => !group.matches.some((match) => match.record.href === entry.href)).length;
    const total = group.total - group.dropped + heard;
    const isExact = search.isSure || group.next >= group.queue.length;
    return `${isExact ? "" : "至多"}${total}${group.kind ? "" : "篇"}`;
  }

  // ---- Facets

  const columns = new Map();

  /* Of each slot, the places in a facet's table, those above included. */
  async function memberships(kind) {
    if (!columns.has(kind)) {
      const { table, column } = await archiveSearch.whole(`${kind}s`);
      const values = archiveSearch.numbers(column);
      const above = table.map((_, at) => {
        const chain = [];
        for (let place = at + 1; place && !chain.includes(place); place = table[place - 1][1]) {
          chain.push(place);
        }
        return chain;
      });
      const bySlot = [];
      for (let at = 0; at < values.length; at += values[at] + 1) {
        bySlot.push(new Set(values.slice(at + 1, at + 1 + values[at]).flatMap((place) => above[place - 1])));
      }
      const path = (place) => [...above[place - 1]].reverse().map((each) => table[each - 1][0]).join("/");
      columns.set(kind, { bySlot, table, paths: table.map((_, at) => path(at + 1)) });
    }
    return columns.get(kind);
  }

  /* The values of a facet that a slot has, by what stands in the address. */
  async function valuesOf(kind) {
    if (kind === "year") {
      await archiveSearch.exactDays();
      return (slot) => (archiveSearch.year(slot) === null ? [] : [String(archiveSearch.year(slot))]);
    }
    const { bySlot, paths } = await memberships(kind);
    return (slot) => [...(bySlot[slot] || [])].map((place) => paths[place - 1]);
  }

  async function filtered(slots, ticked, without) {
    let kept = slots;
    for (const [kind] of FACET_WORDS) {
      if (ticked[kind].size && kind !== without) {
        const values = await valuesOf(kind);
        kept = kept.filter((slot) => values(slot).some((value) => ticked[kind].has(value)));
      }
    }
    return kept;
  }

  async function showFacets(search) {
    const box = part("facets");
    const sets = [];
    for (const [kind, words] of FACET_WORDS) {
      const values = await valuesOf(kind);
      const counts = new Map();
      for (const slot of await filtered(search.slots, search.ticked, kind)) {
        values(slot).forEach((value) => counts.set(value, (counts.get(value) || 0) + 1));
      }
      search.ticked[kind].forEach((value) => counts.set(value, counts.get(value) || 0));
      const ordered = [...counts].sort((a, b) => (kind === "year" ? a[0] - b[0] : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1));
      if (ordered.length) {
        sets.push(element("fieldset", "facets__set", element("legend", "facets__legend", words),
          ...ordered.slice(0, FACETS).map(([value, total]) => tick(search, kind, value, total))));
      }
    }
    if (search.number === current) {
      box.replaceChildren(...sets);
    }
  }

  function tick(search, kind, value, total) {
    const box = element("input", "facets__box");
    box.type = "checkbox";
    box.checked = search.ticked[kind].has(value);
    box.dataset.value = `${kind}/${value}`;
    box.addEventListener("change", () => {
      search.ticked[kind][box.checked ? "add" : "delete"](value);
      start(field().value, search.ticked, box.dataset.value);
    });
    const number = element("span", "facets__count", `${search.isSure ? "" : "至多"}${total}`);
    return element("label", "facets__item", box, ` ${value.split("/").pop()} `, number);
  }

  // ---- What is shown

  const field = () => part("field");

  function personItem(match) {
    const { record } = match;
    const names = match.fields.find((each) => each.text === record.name);
    const name = link("", record.href);
    name.append(...withMarks(names ? archiveSearch.marked(record.name, names.places.flat(), 0, record.name.length) : [[record.name, false]]));
    const item = element("li", "hit", element("p", "hit__name", name, about(record.about)));
    for (const each of match.fields.filter((other) => other !== names).slice(0, PASSAGES)) {
      item.append(element("p", "hit__line", `${each.label}：`, ...withMarks(archiveSearch.marked(each.text, each.places.flat(), 0, each.text.length))));
    }
    return item;
  }

  const about = (words) => (words ? element("span", "hit__about", ` · ${words}`) : "");

  function heardItem(entry) {
    const said = element("span", "hit__about", ` · ${entry.said}`);
    said.lang = "zh-Latn-pinyin";
    return element("li", "hit", element("p", "hit__name", link(entry.name, entry.href), said, about(entry.about)));
  }

  function passageItem(match, paragraph) {
    const { record } = match;
    const places = paragraph.places.flat();
    const [start, end] = places.reduce((a, b) => (b[0] < a[0] ? b : a));
    const [from, to] = archiveSearch.sentence(paragraph.text, start, end);
    const words = withMarks(archiveSearch.marked(paragraph.text, places, from, to));
    const href = paragraph.anchor ? `${record.href.split("#")[0]}#${encodeURIComponent(paragraph.anchor)}` : record.href;
    const number = /(?:^|-)p(\d+)$/.exec(paragraph.anchor);
    const place = number ? `${record.name}，第${number[1]}段` : record.name;
    const layer = paragraph.isReceived ? element("span", "hit__layer", "〔底本〕") : "";
    return element("li", "hit", element("p", "hit__name", link(place, href), about(record.about)),
      element("p", "hit__words", layer, ...words));
  }

  function itemsOf(group, matches) {
    if (group.kind) {
      return matches.map(personItem);
    }
    return matches.flatMap((match) => {
      const items = match.paragraphs.slice(0, PASSAGES).map((paragraph) => passageItem(match, paragraph));
      if (!items.length) {
        return [personItem(match)];
      }
      const rest = match.paragraphs.length - items.length;
      if (rest > 0) {
        items[items.length - 1].append(element("p", "hit__line", `此篇另有${rest}段`));
      }
      return items;
    });
  }

  const lookedInto = ({ next }) => (next ? `看过${next}篇，还没有找到；其余要再看才知道。` : "还没有看这一组，再看才列出。");

  function groupSection(search, group) {
    const title = element("h2", "section__title", group.words, element("span", "hits__count", ` ${countWords(search, group)}`));
    title.id = `found-${group.name}`;
    const heard = group.heard.filter((entry) => !group.matches.some((match) => match.record.href === entry.href));
    const list = element("ol", "hits", ...heard.slice(0, SHOWN[group.name]).map(heardItem), ...itemsOf(group, group.matches));
    const looked = element("p", "hit__line", lookedInto(group));
    looked.hidden = group.matches.length + heard.length > 0;
    const section = element("section", "section", title, list, looked);
    section.setAttribute("aria-labelledby", title.id);
    const more = element("button", "more", `再看${group.words}`);
    more.type = "button";
    more.hidden = group.next >= group.queue.length;
    more.addEventListener("click", async () => {
      const items = itemsOf(group, await search.more(group));
      list.append(...items);
      title.lastChild.textContent = ` ${countWords(search, group)}`;
      more.hidden = group.next >= group.queue.length;
      looked.hidden = group.matches.length > 0 || more.hidden;
      looked.textContent = lookedInto(group);
      say(items.length ? `又列出${items.length}条${group.words}。` : more.hidden ? `${group.words}没有更多了。` : lookedInto(group));
      items[0]?.querySelector("a").focus();
    });
    section.append(more);
    return section;
  }

  function show(search) {
    const groups = search.groups.filter((group) => group.matches.length || group.heard.length || group.next < group.queue.length);
    part("results").replaceChildren(...groups.map((group) => groupSection(search, group)));
    part("narrow").hidden = !search.slots.length;
    say(`${groups.map((group) => `${group.words}${countWords(search, group)}`).join("，")}。`);
  }

  const say = (words) => { part("status").textContent = words; };

  // ---- Where nothing is found: the nearest names, and what part of the query would be found

  async function showNothing(number, query, runs) {
    const { nearest, partOf } = await near();
    const names = (await nearest(query, runs)).slice(0, SHOWN.people);
    const parts = [];
    for (const run of runs) {
      parts.push(await partOf(run, (slot, words) => examine(slot, [words])));
    }
    if (number !== current) {
      return;
    }
    const found = element("div", "prose", element("p", "", "可试人名、单位或地名，或查上面的索引。"));
    const shown = [found];
    const offered = parts.filter((words) => words && words !== query);
    if (offered.length) {
      found.append(element("p", "", "可以查到的是其中的：", ...offered.flatMap((words, at) => [at ? "、" : "", again(words)]), "。"));
    }
    if (names.length) {
      const title = element("h2", "section__title", "相近的名称");
      shown.push(element("section", "section", title, element("ol", "hits", ...names.map(heardItem))));
    }
    part("results").replaceChildren(...shown);
    part("narrow").hidden = true;
    say(names.length ? `没有找到。相近的名称有${names.length}个。` : "没有找到。");
  }

  function again(words) {
    const made = link(`“${words}”`, `#q=${encodeURIComponent(words)}`);
    made.addEventListener("click", () => { field().value = words; });
    return made;
  }

  // ---- From what is typed to what is shown

  async function start(query, ticked, focus) {
    current += 1;
    const number = current;
    keepAddress(query, ticked);
    try {
      await answer(number, query, ticked);
    } catch (error) {
      if (number === current) {
        say("索引没有读到，请刷新这一页再试。");
      }
      return;
    }
    if (focus && number === current) {
      document.querySelector(`[data-value="${CSS.escape(focus)}"]`)?.focus();
    }
  }

  async function answer(number, query, ticked) {
    const found = await search(query, ticked);
    if (number !== current) {
      return;
    }
    if (!found) {
      part("results").replaceChildren();
      part("narrow").hidden = true;
      say("");
      return;
    }
    found.number = number;
    const isFiltered = Object.values(ticked).some((values) => values.size);
    if (found.isEmpty && !found.next && !isFiltered) {
      await showNothing(number, query, found.runs);
      return;
    }
    show(found);
    await offerFacets(found);
  }

  /* All that is found for a query, as far as it is shown at first; null for a query of nothing. */
  async function search(query, ticked = noTicks()) {
    let runs = runsOf(query);
    if (!runs.length) {
      return null;
    }
    archiveSearch.begin();
    let [found, heard] = await Promise.all([archiveSearch.find(runs), byEar(query)]);
    if (!found.slots.length && !heard.length) {
      await (await near()).learn(query);
      if (runsOf(query).join() !== runs.join()) {
        runs = runsOf(query);
        found = await archiveSearch.find(runs);
      }
    }
    return new Search(runs, found, heard, ticked).start();
  }

  async function offerFacets(search) {
    const box = part("narrow");
    box.ontoggle = () => box.open && showFacets(search);
    if (box.open || archiveSearch.manifest().records <= SMALL) {
      await showFacets(search);
    }
  }

  // ---- The address

  const noTicks = () => Object.fromEntries(FACET_WORDS.map(([kind]) => [kind, new Set()]));

  function keepAddress(query, ticked) {
    const pairs = query.trim() ? [["q", query.trim()]] : [];
    FACET_WORDS.forEach(([kind]) => ticked[kind].forEach((value) => pairs.push([kind, value])));
    const hash = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    if (location.hash.slice(1) !== hash) {
      history.replaceState(null, "", `${location.pathname}${hash ? `#${hash}` : ""}`);
    }
  }

  /* The query and the ticks of the address; of ?q= too, as the field in the head of other pages sends it. */
  function readAddress() {
    const sent = new URLSearchParams(location.search);
    const kept = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const ticked = noTicks();
    FACET_WORDS.forEach(([kind]) => kept.getAll(kind).forEach((value) => ticked[kind].add(value)));
    return { query: kept.get("q") ?? sent.get("q") ?? "", ticked };
  }

  function fromAddress() {
    const { query, ticked } = readAddress();
    if (query !== field().value.trim() || query) {
      field().value = query;
      start(query, ticked);
    }
  }

  // ---- The keyboard: arrows go from the field to the results and from one to the next, Escape goes back

  function step(event) {
    // While an input method composes, its keys are its own; some browsers say so by 229 alone.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const links = [field(), ...part("results").querySelectorAll("a, button")].filter((each) => !each.hidden);
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && at > 0) {
      field().focus();
      return;
    }
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : at;
    if (at >= 0 && to !== at && links[to]) {
      event.preventDefault();
      links[to].focus();
    }
  }

  function begin() {
    let isComposing = false;
    part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      start(field().value, readAddress().ticked);
    });
    field().addEventListener("compositionstart", () => { isComposing = true; });
    field().addEventListener("compositionend", () => {
      isComposing = false;
      start(field().value, noTicks());
    });
    field().addEventListener("input", () => isComposing || start(field().value, noTicks()));
    addEventListener("hashchange", fromAddress);
    part("main").addEventListener("keydown", step);
    part("form").hidden = false;
    fromAddress();
  }

  Object.assign(archiveSearch, { search });
  document.addEventListener("DOMContentLoaded", begin);
})();
