// Mounts the map page once in a frame of the app; afterwards only the wishes travel, as messages.

/**
 * @typedef {{page: string, size: number, html: string|null, query: string, story: string|null, show: string|null, lang: string,
 *            seq: number, title: string}} Wishes
 * `page`: name of the page file, `size` its length; `html`: the page itself where files cannot be served; `seq`:
 * number of the last event of the page that the app has answered.
 */

const SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals";

/** Put the frame into `host` and keep what it shows in step with the wishes given to `update`. */
function mount(host) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.allow = "clipboard-write; fullscreen";
  host.append(frame);
  const told = {};
  let wishes, send, page, ready = false, seq = 0;

  const tell = (name, value, message) => {
    if (told[name] === value) return;
    told[name] = value;
    frame.contentWindow.postMessage(message, "*");
  };
  const isDark = () => {
    const [red, green, blue] = (getComputedStyle(host).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
  };
  const keepInStep = () => {
    if (!ready) return;
    const theme = isDark() ? "dark" : "light";
    tell("theme", theme, { type: "sco:theme", theme });
    if (wishes.seq < seq) return; // an answer to an older event: a newer one is on its way
    tell("lang", wishes.lang, { type: "sco:lang", lang: wishes.lang });
    tell("query", wishes.query, { type: "sco:select", query: wishes.query });
    tell("story", wishes.story, { type: "sco:story", id: wishes.story });
    tell("show", wishes.show, { type: "sco:show", id: wishes.show });
  };
  const load = async () => {
    page = wishes.page;
    if (wishes.html) {
      frame.srcdoc = wishes.html;
      return;
    }
    const { size } = wishes;
    const folder = location.pathname.replace(/[^/]*$/, "");
    const answer = await fetch(`${folder}app/static/${page}`).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (text.length === size) frame.srcdoc = text;
    else send("unserved", true);
  };
  const hear = ({ source, data }) => {
    if (source !== frame.contentWindow || typeof data?.type !== "string") return;
    if (data.type === "sco:ready") {
      ready = true;
      for (const name in told) delete told[name];
      if (wishes.html) send("loaded", page);
      keepInStep();
    } else if (data.type === "sco:pick" && data.id !== told.show) {
      told.show = data.id;
      send("pick", { id: data.id, seq: ++seq });
    } else if (data.type === "sco:selection" && data.query !== told.query) {
      told.query = data.query;
      send("selection", { query: data.query, seq: ++seq });
    } else if (data.type === "sco:lang" && data.lang !== told.lang) {
      told.lang = data.lang;
      send("language", { lang: data.lang, seq: ++seq });
    }
  };
  addEventListener("message", hear);
  return {
    update(next, sender) {
      send = sender;
      wishes = next;
      frame.title = next.title;
      if (next.page !== page || (next.html && !frame.srcdoc)) {
        ready = false;
        load();
      } else keepInStep();
    },
    remove: () => removeEventListener("message", hear),
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".sco-frame");
  host.frame ??= mount(host);
  host.frame.update(data, setTriggerValue);
  return () => host.frame.remove();
}
