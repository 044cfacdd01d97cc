// A stand-in for NiceGUI's socket: says what was emitted, answers heartbeats unless it is told to be silent.
window.stage = { emitted: [], silent: false, handlers: {} };
window.stageSocket = {
  connected: true,
  io: { opts: {}, timeout() {}, reconnection() {} },
  connect() {},
  disconnect() { return window.stageSocket; },
  on(name, handler) { (stage.handlers[name] ??= []).push(handler); },
  off(name) { delete stage.handlers[name]; },
  timeout() { return { emit: (name, data, ack) => window.stageSocket.emit(name, data, (answer) => ack(null, answer)) }; },
  emit(name, data, ack) {
    if (stage.silent) return;
    if (name !== "kiosk_ping") stage.emitted.push([name, data]);
    setTimeout(() => ack?.(name === "kiosk_watch" ? { ok: true } : true), 5);
  },
};
stage.hear = (name, ...args) => { for (const handler of stage.handlers[name] ?? []) handler(...args); };
stage.news = (topic, v, data, epoch = "e1") => stage.hear("kiosk", { topic, epoch, v, data });
stage.connect = () => { window.socket = window.stageSocket; };
