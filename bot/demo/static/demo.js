// The page around the conversation: who you are, where you are, what time it is, and whether the bot runs.
const token = location.hash.slice(1);
const $ = (id) => document.getElementById(id);
let state = null;
let busy = false;

async function call(path, body) {
  const answer = await fetch(`/demo/${path}`, {
    method: body ? "POST" : "GET",
    headers: { "X-Demo-Token": token, ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(await answer.text() || "That didn’t work.");
  return answer.json();
}

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

function memberName() {
  return state.members.find((person) => person.id === state.member).name;
}

function youAre() {
  return `You are ${memberName()}.`;
}

function drawMembers() {
  if ($("member").options.length !== state.members.length) {
    $("member").replaceChildren(...state.members.map((person) =>
      element("option", person.name, { value: person.id })));
  }
  $("member").value = state.member;
  $("job").textContent = state.members.find((person) => person.id === state.member).job;
}

// A status of one line: on a phone, a second one would take room from the conversation.
function placeName(channel) {
  if (channel.kind !== "thread") return `#${channel.name}`;
  const number = channel.name.match(/^\d+/);
  return number ? `Question ${number[0]}` : "The thread";
}

function channelButton(channel) {
  const item = element("li", "", { className: channel.kind });
  const button = element("button", "", { type: "button", title: channel.name });
  button.append(element("span", `${channel.kind === "thread" ? "" : "# "}${channel.name}`, { className: "name" }));
  button.dataset.channel = channel.id;
  if (channel.id === state.shown) button.setAttribute("aria-current", "page");
  if (channel.new && channel.id !== state.shown) button.append(element("span", `${channel.new} new`, { className: "new" }));
  button.addEventListener("click", () => {
    openDrawer(null);
    control("show", { channel: channel.id }, `${placeName(channel)} is shown.`);
  });
  item.append(button);
  return item;
}

function drawChannels() {
  const wanted = JSON.stringify([state.channels, state.shown]);
  if ($("channels").dataset.drawn === wanted) return;
  const focused = document.activeElement?.dataset?.channel;
  $("channels").dataset.drawn = wanted;
  $("channels").replaceChildren(...state.channels.map(channelButton));
  if (focused) document.querySelector(`[data-channel="${focused}"]`)?.focus();
}

function fileLink(file) {
  const item = element("li", "");
  const link = element("a", file.name, { href: file.path, target: "_blank", rel: "noopener", title: file.place });
  link.append(element("span", ` in ${file.place}`, { className: "place" }));
  item.append(link);
  return item;
}

function drawFiles() {
  const wanted = JSON.stringify(state.files);
  if ($("files").dataset.drawn === wanted) return;
  $("files").dataset.drawn = wanted;
  $("files").replaceChildren(...state.files.map(fileLink));
  $("no-files").hidden = state.files.length > 0;
}

function draw(next) {
  const isFirst = state === null;
  state = next;
  $("trust").textContent = state.trust;
  $("now").textContent = state.now;
  $("power-state").textContent = state.up ? "The bot is up." : "The bot is down.";
  $("power").textContent = state.up ? "Take it down" : "Bring it up";
  const shown = state.channels.find((channel) => channel.id === state.shown);
  $("frame").title = `The conversation in ${shown?.name ?? "this channel"}`;
  drawMembers();
  drawChannels();
  drawFiles();
  // A page that is opened again may show somebody else.
  if (isFirst) $("said").textContent = memberName().startsWith("Amara") ? "Answer this as Amara." : youAre();
}

function setBusy(value) {
  busy = value;
  document.querySelectorAll("header button, #member").forEach((part) => { part.disabled = value; });
}

async function control(name, body, said) {
  if (busy) return;
  const focused = document.activeElement;
  setBusy(true);
  $("said").textContent = "One moment …";
  try {
    draw(await call(name, body));
    $("said").textContent = typeof said === "function" ? said() : said;
  } catch (error) {
    $("said").textContent = error.message;
  } finally {
    setBusy(false);
    if (focused?.isConnected) focused.focus();
  }
}

async function poll() {
  try {
    if (!busy) {
      const next = await call("state");
      if (!busy) draw(next);
    }
  } catch (error) {
    // A TypeError is fetch's word for a server that does not answer; anything else is the server's own sentence.
    $("said").textContent = error instanceof TypeError
      ? "The demo has stopped. Start it again with make demo."
      : error.message;
  }
  setTimeout(poll, 1000);
}

document.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () =>
  control("advance", { step: button.dataset.step }, () => `It’s now ${state.now}.`)));
$("power").addEventListener("click", () => control("power", { up: !state.up }, () =>
  state.up ? "The bot is up and has caught up." : "The bot is down. When it’s back, it catches up on what people write now."));
$("member").addEventListener("change", () => control("act-as", { member: $("member").value }, youAre));

// On a phone or a tablet the conversation has the page to itself. The columns at its sides open over it, one at a time.
const openers = [...document.querySelectorAll(".drawers button")];
const narrow = matchMedia("(max-width: 1020px)");

function openDrawer(wanted) {
  for (const opener of openers) {
    opener.setAttribute("aria-expanded", String(opener === wanted));
    $(opener.getAttribute("aria-controls")).classList.toggle("open", opener === wanted);
  }
}

function placeTime() {
  openDrawer(null);
  if (narrow.matches) $("places").prepend($("time"));
  else document.querySelector("header").append($("time"));
}

openers.forEach((opener) => opener.addEventListener("click", () =>
  openDrawer(opener.getAttribute("aria-expanded") === "true" ? null : opener)));
document.addEventListener("keydown", (event) => {
  const open = openers.find((opener) => opener.getAttribute("aria-expanded") === "true");
  if (event.key !== "Escape" || !open) return;
  openDrawer(null);
  open.focus();
});
narrow.addEventListener("change", placeTime);
placeTime();

// The conversation is simcord's preview in a frame of our own origin. Its thread lines, channel mentions and
// links to messages lead to the channel that they name, and its own status line is put into our words.
function follow(event) {
  const address = event.target.closest?.("a[href^='https://discord.com/channels/']");
  if (address) {
    event.preventDefault();
    const place = state?.channels.find((known) => known.id === address.pathname.split("/")[3]);
    if (place) control("show", { channel: place.id }, `${placeName(place)} is shown. The message is in it.`);
    return;
  }
  const link = event.target.closest?.(".thread-summary, .mention, .message-context-thread");
  if (!link || !state) return;
  const name = link.textContent.replace(/^#/, "").replace(/ · \d+ messages?.*$/, "").trim();
  const channel = state.channels.find((known) => known.name === name);
  if (channel) control("show", { channel: channel.id }, `${placeName(channel)} is shown.`);
}

const UNDONE = "Action was not completed.";
const OUTCOMES = {
  [UNDONE]: () => (state?.up ? state.trouble || "That didn’t work here." : "The bot is down, so nothing answers."),
  "Action outcome uncertain. It will not be retried.": () => "The answer is in the conversation.",
  "Connection interrupted; trying again…": () => "The demo isn’t answering; trying again …",
};

let told = "";
let heard = "";

async function mirror(status) {
  // The preview draws its old status again with everything else; only a new one is news.
  if (status.textContent === heard) return;
  heard = status.textContent;
  // Why it was not done is known to the demo's own server.
  if (heard === UNDONE) {
    draw(await call("state").catch(() => state));
    if (state.ownAct) return;
  }
  const outcome = OUTCOMES[heard];
  if (outcome) $("said").textContent = told = outcome();
  else if ($("said").textContent === told) $("said").textContent = "";
}

// The preview keeps its place when something is added, as is right for a reader; who acted wants to see the answer.
function keepNewestInView(inside) {
  const list = inside.getElementById("channel-message-list");
  const timeline = inside.getElementById("channel-timeline");
  let count = list.childElementCount;
  new MutationObserver(() => {
    // Where a channel is opened is the server's to say.
    const grew = count > 0 && list.childElementCount > count;
    count = list.childElementCount;
    // Not scrollIntoView: on a phone it would move this page too.
    if (grew) requestAnimationFrame(() => { timeline.scrollTop = timeline.scrollHeight; });
  }).observe(list, { childList: true });
}

$("frame").addEventListener("load", () => {
  const inside = $("frame").contentDocument;
  const status = inside?.getElementById("action-status");
  if (!status) return;
  inside.addEventListener("click", follow);
  keepNewestInView(inside);
  new MutationObserver(() => mirror(status)).observe(status, { childList: true, characterData: true, subtree: true });
});
$("frame").src = `/preview#${token}`;
poll();
