// Shows pages to a browser without a network, at three widths, light and dark, and says
// what it finds wrong: what is run or fetched, what the reader cannot see, hear or reach.
//
//     NODE_PATH=... node html.js [--whole | --quick] [--pictures FOLDER] PAGE.html...
//
// --whole: at each width in each scheme, else the narrowest in light, the widest in dark.
// --quick: at one width, and without a look at who can read it.
// Prints "PAGE: what is wrong" a line. Status 0: nothing is wrong.
"use strict";
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const PICTURE_HEIGHT = 4000;
const widths = [380, 800, 1280];
const every = widths.flatMap((width) => [[width, "light"], [width, "dark"]]);
const some = [[380, "light"], [1280, "dark"]];
let wrong = 0;

function say(name, what) {
  wrong++;
  console.log(name + ": " + what);
}

// What the page does by itself, from before its first byte to after its last.
async function watch(page, name, address) {
  page.on("request", (request) => {
    if (request.url() !== address) say(name, "asks for " + request.url().slice(0, 200));
  });
  page.on("console", (message) => say(name, message.type() + ": " + message.text().slice(0, 300)));
  page.on("pageerror", (error) => say(name, "script: " + error.message));
  page.on("dialog", (dialog) => { say(name, "opens a dialog"); dialog.dismiss(); });
  page.on("popup", () => say(name, "opens a window"));
  // Evidence that runs says so (see html.sh): it may not be able to do more.
  await page.exposeFunction("ran", (what) => say(name, "runs what evidence says: " + what));
}

async function check_layout(page, name, width) {
  const room = await page.evaluate(() => ({
    needed: document.documentElement.scrollWidth, given: document.documentElement.clientWidth,
  }));
  if (room.needed > room.given)
    say(name, "at " + width + " it scrolls sideways: " + room.needed + " of " + room.given);
}

async function check_access(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }));
  for (const violation of found.violations)
    say(name, "axe: " + violation.id + ": " + violation.help + ": " +
      violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" | "));
}

// With the keyboard alone: the first stop leads to the findings, and is seen.
async function check_keyboard(page, name) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    return { text: at.textContent, seen: box.top >= 0 && box.height > 0,
      outline: getComputedStyle(at).outlineStyle };
  });
  if (!first.text.startsWith("Skip") || !first.seen || first.outline === "none")
    say(name, "the first stop of the keyboard is " + JSON.stringify(first));
  await page.keyboard.press("Enter");
  if (await page.evaluate(() => document.activeElement.id) !== "main")
    say(name, "the skip link does not lead to the findings");
}

// The filter leaves what it says it does; nothing is lost when it is reset.
async function check_filter(page, name) {
  const found = await page.evaluate(async () => {
    const form = document.getElementById("filter");
    const bodies = [...document.querySelectorAll(".group .places tbody")];
    const shown = () => bodies.filter((body) => !body.hidden);
    if (form.hidden) return bodies.length === 0 ? [] : ["the filter is not shown"];
    const said = [], account = form.elements.account;
    if (shown().length !== bodies.length) said.push("at first not all is shown");
    account.value = account.options[account.options.length - 1].value;
    account.dispatchEvent(new Event("change", { bubbles: true }));
    const wanted = bodies.filter((body) => body.rows[0].cells[0].textContent === account.value);
    if (wanted.length === 0 || wanted.length !== shown().length ||
        wanted.some((body) => body.hidden)) said.push("an account has other findings");
    if (!form.querySelector("[role=status]").textContent.startsWith(wanted.length))
      said.push("it says " + form.querySelector("[role=status]").textContent);
    form.reset();
    await new Promise((done) => setTimeout(done, 20));
    const box = form.querySelector("input");
    box.click();
    if (shown().some((body) => body.closest(".group").dataset.result === box.value))
      said.push("a result that is not wanted is shown");
    form.reset();
    await new Promise((done) => setTimeout(done, 20));
    if (shown().length !== bodies.length) said.push("a reset does not show all");
    return said;
  });
  for (const what of found) say(name, "filter: " + what);
}

// On paper everything is there, folded or not.
async function check_print(page, name, pictures) {
  await page.emulateMediaType("print");
  await page.waitForFunction(() => matchMedia("print").matches);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const folded = await page.evaluate(() => [...document.querySelectorAll("details .places tbody")]
    .filter((body) => !body.checkVisibility({ contentVisibilityAuto: true })).map((body) => body.id));
  if (folded.length > 0) say(name, "what is folded is not printed: " + folded.slice(0, 3));
  if (pictures)
    await page.pdf({ path: pictures + "/" + name + ".pdf", preferCSSPageSize: true, printBackground: true });
  await page.emulateMediaType("screen");
}

async function check_without_script(browser, file, name) {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto("file://" + file);
  const handle = await page.$("#filter");
  if (handle !== null && (await handle.boundingBox()) !== null)
    say(name, "without a script the filter is shown");
  await page.close();
}

// Whatever waits to be run is given its chance.
async function wake(page) {
  await page.evaluate(() => {
    for (const at of document.querySelectorAll("main *")) {
      for (const event of ["mouseover", "click", "focus", "error", "load", "toggle"])
        at.dispatchEvent(new Event(event, { cancelable: true }));
    }
  });
  await new Promise((done) => setTimeout(done, 50));
}

async function look(page, address, name, width, scheme, pictures) {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(address);
  await page.evaluate(() => { for (const at of document.querySelectorAll("details")) at.open = true; });
  await check_layout(page, name, width);
  await check_access(page, name);
  if (pictures)
    await page.screenshot({ path: pictures + "/" + [name, width, scheme].join("-") + ".png",
      clip: { x: 0, y: 0, width, height: PICTURE_HEIGHT }, captureBeyondViewport: true });
}

async function check(browser, file, options) {
  const name = path.basename(file, ".html"), address = "file://" + file;
  const page = await browser.newPage();
  await watch(page, name, address);
  for (const [width, scheme] of options.quick ? [] : options.whole ? every : some)
    await look(page, address, name, width, scheme, options.pictures);
  await page.goto(address);
  if (!options.quick) {
    await check_keyboard(page, name);
    await check_filter(page, name);
    await check_print(page, name, options.pictures);
  }
  await wake(page);
  await page.close();
  if (!options.quick) await check_without_script(browser, file, name);
}

async function main() {
  const files = process.argv.slice(2);
  const options = {};
  while (files[0].startsWith("--")) {
    const option = files.shift().slice(2);
    options[option] = option === "pictures" ? files.shift() : true;
  }
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    for (const file of files) await check(browser, path.resolve(file), options);
  } finally {
    await browser.close();
  }
  process.exitCode = wrong === 0 ? 0 : 1;
}

main();
