// A stage for the order screen alone: a kiosk that answers when the test says so, a small menu, one check.
import * as Vue from "vue";

globalThis.Vue = Vue;
const watchers = new Map();
const listeners = new Map();
const portion = (id, name, price, is_default = false) => ({ id, code: name, name, price, is_default });
const item = (id, name, more = {}) => ({
  id, category_id: 1, code: `item-${id}`, name, names: {}, kitchen_name: null, course: 1, stations: ["cold"], allergens: [], dayparts: [],
  modifier_groups: [], open_price: false, is_out: false, left: null, portions: [portion(id * 10, "", 500, true)], ...more,
});

const menu = {
  etag: "1",
  categories: [
    { id: 1, code: "starters", name: "Starters", names: {}, icon: "tapas", parent_id: null, course: 1, dayparts: [] },
    { id: 2, code: "grill", name: "Grill", names: {}, icon: null, parent_id: null, course: 2, dayparts: [] },
  ],
  items: [
    item(1, "Burrata"),
    item(2, "Tagliatelle al ragù", { names: { ja: "ミートソース" }, portions: [portion(20, "Half", 900), portion(21, "Full", 1400, true)] }),
    item(3, "<b>Soup</b> {{ 1 + 1 }}", { kitchen_name: "Zuppa" }),
    item(4, "Tagliata", { category_id: 2, course: 2, stations: ["grill"], modifier_groups: ["doneness"] }),
    item(5, "Gelato", { category_id: 2, modifier_groups: ["scoops"] }),
    item(6, "Late snack", { dayparts: ["night"] }),
  ],
  modifier_groups: {
    doneness: { code: "doneness", name: "Doneness", least: 1, most: 1, modifiers: [portion(41, "Rare", 0), portion(42, "Medium", 0)] },
    scoops: { code: "scoops", name: "Flavours", least: 1, most: 2, modifiers: [portion(51, "Vanilla", 0), portion(52, "Lemon", 50), portion(53, "Mint", 0)] },
  },
  dayparts: [{ code: "night", name: "Night", windows: [{ start: "22:00", end: "02:00", weekdays: [6] }] }],
  courses: [{ no: 1, name: "Starters" }, { no: 2, name: "Mains" }],
};

const check = { id: 7, v: 1, number: 107, label: "12", covers: 2, waiter: "Ana", state: "open", opened_at: "2026-03-02T11:00:00Z", bill_asked_at: null, lines: [] };
const sums = (lines) => {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const draft = lines.filter((line) => line.state === "draft").reduce((sum, line) => sum + line.amount, 0);
  return { lines: total, tax_included: true, net: total, tax: 0, total, draft, sent: total - draft };
};
const shown = () => structuredClone({ ...check, sums: sums(check.lines) });

/** What the test holds in its hands. */
const stage = (window.stage = {
  menu, check, today: { favourites: [1, 2, 3, 4, 5, 6], last: [] }, acts: [], waiting: [], toasts: [], undo() {}, floor: null, viewed: [], now: Date.parse("2026-03-02T12:00:00Z"),
  line: (id, item_id, state = "draft", more = {}) => ({
    id, item_id, portion_id: item_id * 10, name: menu.items.find((one) => one.id === item_id).name, portion: "", quantity: 1, unit_price: 500, amount: 500,
    modifiers: [], course: 1, seat_no: null, note: "", is_allergy: false, state, stations: ["cold"], fired_at: null, ready_at: null, ...more,
  }),
  news(topic, data) { (watchers.get(topic) ?? []).forEach((watcher) => watcher.onMessage({ topic, v: data.v, data })); },
  put(...lines) { check.lines.push(...lines); check.v += 1; },
  tell() { stage.news("check:7", shown()); },
  answer(result) { stage.waiting.shift().resolve(result); },
  refuse(sentence) { stage.waiting.shift().reject({ code: "refused", sentence }); },
  emit(name) { (listeners.get(name) ?? []).forEach((listener) => listener()); },
});

window.kiosk = {
  me: { person_id: 1, name: "Ana", initials: "A", permissions: ["see_floor", "ring", "settle"], venue: { currency: "EUR", decimals: 2, locale: "en-IE", timezone: "UTC" } },
  ready: Promise.resolve(), online: true, route: { view: "order", params: { check_id: 7 } },
  on(name, listener) { listeners.set(name, [...(listeners.get(name) ?? []), listener]); return () => {}; },
  watch(topic, onMessage, onResync) { watchers.set(topic, [...(watchers.get(topic) ?? []), { onMessage, onResync }]); return () => watchers.delete(topic); },
  view(path) {
    stage.viewed.push(path);
    const views = { menu, today: stage.today, floor: stage.floor };
    return Promise.resolve(path in views ? structuredClone(views[path]) : shown());
  },
  act(name, args) { stage.acts.push([name, args]); return new Promise((resolve, reject) => stage.waiting.push({ resolve, reject })); },
  go(view, params) { window.kiosk.route = { view, params }; stage.emit("route"); },
  may: () => true, dock() {}, clock: (iso) => iso.slice(11, 16),
  toast(toast) { stage.toasts.push(toast.text); stage.undo = () => void toast.action?.run(); return () => {}; },
  now: () => stage.now,
  minutes: (instant) => Math.floor((stage.now - Date.parse(instant)) / 60_000), money: (amount) => (amount / 100).toFixed(2),
};

const { default: OrderPad } = await import("/order_pad.js");
stage.mount = () => void Vue.createApp(OrderPad).mount("#app");
stage.ready = true;
