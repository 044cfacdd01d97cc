/** Lines carried to a payer by mouse or finger. A finger takes them by the grip, so that the list still scrolls. */

const FAR = 8;

/** What a list needs to be dragged from: pickUp(event, lines, name) and wasDragged(); it emits "drop" with {key, lines}. */
export function dragging(list) {
  let carried = null, endedAt = 0;

  function pickUp(event, lines, name) {
    const isGrip = !!event.target.closest(".sd-grip");
    if (event.button || (event.pointerType !== "mouse" && !isGrip)) return;
    carried = { id: event.pointerId, x: event.clientX, y: event.clientY, lines, name, ghost: null, over: null };
    for (const [what, does] of HEARD) window.addEventListener(what, does);
  }

  function move(event) {
    if (event.pointerId !== carried.id) return;
    const isFar = Math.hypot(event.clientX - carried.x, event.clientY - carried.y) > FAR;
    if (!carried.ghost && isFar) carried.ghost = ghostOf(carried);
    if (carried.ghost) lead(carried, event);
  }

  function up(event) {
    if (event.pointerId !== carried.id) return;
    const { ghost, over, lines } = carried;
    end();
    if (!ghost) return;
    endedAt = performance.now();
    if (over) list.$emit("drop", { key: over.dataset.payer, lines });
  }

  function end() {
    carried.ghost?.remove();
    carried.over?.classList.remove("is-over");
    carried = null;
    for (const [what, does] of HEARD) window.removeEventListener(what, does);
  }

  const HEARD = [["pointermove", move], ["pointerup", up], ["pointercancel", end]];
  return { pickUp, wasDragged: () => performance.now() - endedAt < 50 };
}

function ghostOf({ lines, name }) {
  const ghost = window.kiosk.make("div", "sd-ghost", lines.length > 1 ? `${name}, ${lines.length} lines` : name);
  ghost.dir = "auto";
  document.body.append(ghost);
  return ghost;
}

function lead(carried, { clientX, clientY }) {
  carried.ghost.style.transform = `translate(${clientX + 12}px,${clientY - 24}px)`;
  const over = document.elementFromPoint(clientX, clientY)?.closest("[data-payer]") ?? null;
  if (over === carried.over) return;
  carried.over?.classList.remove("is-over");
  over?.classList.add("is-over");
  carried.over = over;
}
