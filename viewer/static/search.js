// Search in pages written to files.  Pieces of the index are scripts of the folder: a page opened from a disk may read
// nothing else, and the policy of these pages allows nothing else.
"use strict";

const field = document.getElementById("find"), section = document.getElementById("found");
const told = JSON.parse(field.dataset.told);
const [input, button] = [field.querySelector("input"), field.querySelector("button")];
const [status, list] = [section.querySelector("[role=status]"), section.querySelector("ol")];
const SHOWN = 50, BEFORE = 30, AFTER = 60;

const arrived = new Map(), asked = new Map();
window.gongkaiPiece = (name, content) => arrived.set(name, content);
const piece = (name) => {
  if (!asked.has(name)) {
    asked.set(name, new Promise((found, failed) => {
      const script = document.createElement("script");
      script.src = `${field.dataset.root}/${name}.js`;
      script.onload = () => (arrived.has(name) ? found(arrived.get(name)) : failed(new Error(name)));
      script.onerror = () => { asked.delete(name); failed(new Error(name)); };
      document.head.append(script);
    }));
  }
  return asked.get(name);
};

const squeezed = (text) => text.normalize("NFKC").replace(/\s+/gu, "");
const folded = (text) => squeezed(text).replace(/[\p{P}\p{Cc}\p{Cf}]/gu, "");
const filled = (text, ...values) => values.reduce((so_far, value) => so_far.replace("{}", value), text);

// The words of a question; a phrase in quotes is found as typed.
const wordsOf = (question) => question.split('"').flatMap((part, number) => (number % 2 ? [part] : part.split(/\s+/u))
  .map((text) => ({ text: text.trim(), compare: number % 2 ? squeezed : folded, pairs: folded(text) }))
  .filter((word) => word.pairs));
const holds = (word, texts) => texts.some((text) => word.compare(text).includes(word.compare(word.text)));

// The last of sorted values that is not above one.
const lastUpTo = (values, value) => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1; else high = middle;
  }
  return low - 1;
};
const numbers = (differences) => {
  let at = 0;
  return differences.map((difference) => (at += difference));
};
const beginningWith = async (index, first) => {
  const at = lastUpTo(index.pairs, first);
  const found = at < 0 ? [] : (await piece(`pairs-${at}`)).find(([character]) => character === first);
  return found?.[1] ?? {};
};
const passagesOf = async (index, word) => {
  const letters = Array.from(word.pairs);
  if (letters.length === 1) return new Set(Object.values(await beginningWith(index, letters[0])).flatMap(numbers));
  let both = null;
  for (let at = 0; at + 1 < letters.length; at += 1) {
    const pairs = await beginningWith(index, letters[at]);
    const held = numbers(Object.hasOwn(pairs, letters[at] + letters[at + 1]) ? pairs[letters[at] + letters[at + 1]] : []);
    both = new Set(both ? held.filter((number) => both.has(number)) : held);
  }
  return both;
};

const passage = (texts, words) => {
  const marks = words.map((word) => word.text);
  const text = texts.find((each) => marks.some((mark) => each.includes(mark))) ?? texts.find((each) => words.some((word) => holds(word, [each]))) ?? texts[0];
  const mark = marks.find((each) => text.includes(each)) ?? "", at = Math.max(text.indexOf(mark), 0);
  const [begin, end] = [Math.max(at - BEFORE, 0), Math.max(at + AFTER, at + mark.length)];
  const line = document.createElement("p"), marked = document.createElement("mark");
  line.className = "passage";
  line.lang = "zh-CN";
  marked.textContent = mark;
  line.append(begin ? "…" : "", text.slice(begin, at), ...(mark ? [marked] : []), text.slice(at + mark.length, end), end < text.length ? "…" : "");
  return line;
};
const hit = ([entity, year, phase, kind, address, texts], words) => {
  const item = document.createElement("li"), head = document.createElement("p"), facts = document.createElement("span");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = entity ?? texts[0];
  facts.className = "facts-of";
  facts.textContent = [told.kinds[kind], year, told.phases[phase]].filter(Boolean).join(" · ");
  head.append(link, " ", facts);
  item.append(head, passage(texts, words));
  return item;
};

let latest = 0;
const show = async (question) => {
  const words = wordsOf(question), mine = (latest += 1);
  section.hidden = !words.length;
  list.replaceChildren();
  if (!words.length) return;
  status.textContent = told.searching;
  try {
    const index = await piece("index");
    const sets = await Promise.all(words.map((word) => passagesOf(index, word)));
    const all = [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((one, other) => one - other);
    const hits = [];
    let looked = 0;
    for (; looked < all.length && hits.length < SHOWN; looked += 1) {
      const at = lastUpTo(index.passages, all[looked]);
      const row = (await piece(`passages-${at}`))[all[looked] - index.passages[at]];
      if (words.every((word) => holds(word, row[5]))) hits.push(hit(row, words));
    }
    if (mine !== latest) return;
    list.replaceChildren(...hits);
    const left = all.length - looked;
    status.textContent = !hits.length ? told.none : left ? filled(told.first, hits.length, hits.length + left) : filled(told.found, hits.length);
  } catch {
    if (mine === latest) status.textContent = told.failed;
  }
};

const search = () => {
  history.replaceState(null, "", input.value ? `#words=${encodeURIComponent(input.value)}` : "#");
  show(input.value);
};
field.hidden = false;
button.addEventListener("click", search);
input.addEventListener("keydown", (event) => { if (event.key === "Enter") search(); });
if (location.hash.startsWith("#words=")) {
  input.value = decodeURIComponent(location.hash.slice("#words=".length));
  show(input.value);
}
