/* Searches the site of plain files: reads the few files of the index that the words need, and shows what is found. */
"use strict";
(() => {
  const MOST = 200; // results shown
  const MAX_WORDS = 12;
  const got = new Map(), waiting = new Map();
  window.quotesSearch = (kind, key, data) => got.set(kind + " " + key, data);
  const hex = text => [...text].map(c => c.codePointAt(0).toString(16)).join("-");
  const load = (kind, key, file) => {
    const name = kind + " " + key;
    if (!waiting.has(name)) {
      waiting.set(name, new Promise(done => {
        const script = document.createElement("script");
        script.src = "search/" + file + ".js";
        script.onload = () => done(got.get(name));
        script.onerror = () => done(undefined);
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  };
  const split = text => [...new Set((text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) || []))].slice(0, MAX_WORDS);
  const places = async (word, about) => { // the numbers of the quotations with a word that begins so
    const length = /^[@=]/.test(word) ? 3 : 2;
    const files = [...word].length >= length
      ? [hex([...word].slice(0, length).join(""))].filter(name => about.files.includes(name))
      : about.files.filter(name => name === hex(word) || name.startsWith(hex(word) + "-"));
    const found = new Set();
    for (const name of files) {
      const prefix = name.split("-").map(code => String.fromCodePoint(parseInt(code, 16))).join("");
      const words = await load("words", prefix, "words-" + name) || {};
      for (const [entry, gaps] of Object.entries(words)) {
        if (word.startsWith("=") ? entry !== word : !entry.startsWith(word)) continue;
        let place = 0;
        for (const gap of gaps) found.add(place += gap);
      }
    }
    return found;
  };
  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  const result = row => {
    const [file, words, act, type, name, doubtful, published, publication] = row;
    const item = element("li"), link = element("a", "", "said");
    link.href = file;
    if (act) link.append(element("b", act + ":", /^(did not|denies|declined)/.test(act) ? "sign" : "act"), " ");
    const shown = type === "direct" && !/^[“"«„]/.test(words) ? "“" + words + "”" : words;
    link.append(/^did not/.test(act) || (act === "denies" && type === "indirect") ? element("s", shown, "crossed") : shown);
    item.append(link, element("p", name ? name + (doubtful ? "?" : "") : "speaker not found", doubtful || !name ? "doubtful" : "speaker"));
    item.append(element("p", [publication, published, type].filter(Boolean).join(" · "), "small"));
    return item;
  };
  const search = async () => {
    const asked = new URLSearchParams(location.search);
    const words = asked.get("words") || "", speaker = asked.get("speaker") || "";
    document.getElementById("words").value = words;
    document.getElementById("speaker").value = speaker;
    const list = document.getElementById("results"), heading = document.getElementById("found");
    const wanted = [...split(words), ...split(speaker).map(word => "@" + word)];
    if (!wanted.length) return;
    heading.textContent = "Searching …";
    const about = await load("about", "", "about");
    let found = null;
    const narrow = some => { found = found ? new Set([...found].filter(n => some.has(n))) : some; };
    const ofWords = split(words);
    for (const word of ofWords) { // a word of what was said, or of the speaker's name
      const said = await places(word, about), named = await places("@" + word, about);
      narrow(new Set([...said, ...named]));
    }
    const exact = speaker ? await places("=" + speaker, about) : new Set(); // an id
    if (exact.size) narrow(exact);
    else for (const word of split(speaker)) narrow(await places("@" + word, about));
    const numbers = [...found].sort((a, b) => a - b);
    for (const number of numbers.slice(0, MOST)) {
      const block = Math.floor(number / about.block);
      const rows = await load("block", String(block), "quotations-" + block);
      if (rows) list.append(result(rows[number % about.block]));
    }
    heading.textContent = numbers.length + (numbers.length === 1 ? " quotation" : " quotations") +
      (numbers.length > MOST ? ", the newest " + MOST : ", the newest first");
  };
  document.addEventListener("DOMContentLoaded", search);
})();
