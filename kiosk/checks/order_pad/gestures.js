// What the keys of the check do. Each says it to the server, shows what it answered, and offers to undo it where that can be.
import { dishes } from "./sections.js";
import { plural } from "./words.js";

let close = null;

/** Says what was done and offers the way back; the latest takes the place of the one before. */
function done(text, undo) {
  close?.();
  close = kiosk.toast({ kind: "ok", text, ...(undo && { action: { label: "Undo", run: undo } }) });
}

/** Methods of the pad: `this` is the pad. Where nothing else is said they resolve to the answer, or null when refused. */
export const gestures = {
  /** Sends the draft by the house's rule, or exactly the drafts of these courses and holds the rest. */
  async send(courses = null) {
    if (this.state.sending) return;
    this.state.sending = this.toSend.value.length;
    const sent = await this.attempt("send", { check_id: this.state.checkId, ...(courses && { courses }) });
    if (!sent) this.state.sending = 0;
    else setTimeout(() => (this.state.sending = 0), this.settleDown);
  },

  fire(course) {
    return this.attempt("fire_course", { check_id: this.state.checkId, course });
  },

  /** Back to draft or held, while the kitchen does not have it yet. */
  takeBack(fireNo) {
    return this.attempt("take_back", { check_id: this.state.checkId, fire_no: fireNo });
  },

  async serve(lineIds) {
    const { checkId } = this.state;
    const { what } = dishes(this.state.lines.filter((line) => lineIds.includes(line.id)));
    const served = await this.attempt("serve", { check_id: checkId, line_ids: lineIds });
    if (served) done(`${what} served`, () => this.unserve(lineIds, checkId));
    return served;
  },

  unserve(lineIds, checkId = this.state.checkId) {
    return this.attempt("unserve", { check_id: checkId, line_ids: lineIds });
  },

  /** Rings the drinks of the last round once more; says by name what could not be. */
  async repeatRound() {
    const answer = await this.attempt("repeat_round", { check_id: this.state.checkId });
    if (answer?.skipped?.length) kiosk.toast({ kind: "warn", text: `Not rung again: ${answer.skipped.join(", ")}.` });
    return answer;
  },

  async comp(line, reason) {
    const comped = await this.attempt("comp_line", { line_id: line.id, reason });
    if (comped) done(`${line.combo_name ?? line.name} costs nothing now`, () => this.uncomp(line.id));
    return comped;
  },

  uncomp(lineId) {
    return this.attempt("uncomp_line", { line_id: lineId });
  },

  // ---- whole checks and lines that move ------------------------------------------------
  /** Lines go to {check_id}, {table_id} or {label}; Undo brings them back to this check. */
  async moveLines(lineIds, to, where) {
    const { checkId } = this.state;
    const moved = await this.attempt("move_lines", { line_ids: lineIds, to });
    if (moved) done(`${plural(lineIds.length, "line")} moved to ${where}`, () => this.attempt("move_lines", { line_ids: lineIds, to: { check_id: checkId } }));
    return moved;
  },

  async transfer(tableId, where) {
    const { checkId, check } = this.state;
    const moved = await this.attempt("transfer", { check_id: checkId, table_id: tableId });
    if (moved) done(`Now at ${where}`, () => this.putBack(checkId, check));
    return moved;
  },

  async toCounter(label) {
    const { checkId, check } = this.state;
    const moved = await this.attempt("to_counter", { check_id: checkId, label });
    if (moved) done(`${label} is at the counter now`, () => this.putBack(checkId, check));
    return moved;
  },

  /** Where the party sat, or what its check was called, before it moved. */
  putBack(checkId, before) {
    const back = before.table_id ? ["transfer", { table_id: before.table_id }] : ["to_counter", { label: before.label }];
    return this.attempt(back[0], { check_id: checkId, ...back[1] });
  },

  rename(label) {
    return this.attempt("rename_check", { check_id: this.state.checkId, label });
  },

  /** This check becomes part of another one, which is shown then. */
  async merge(intoId, where) {
    const { checkId } = this.state;
    const merged = await this.attempt("merge", { check_id: checkId, into_check_id: intoId });
    if (!merged) return null;
    kiosk.go("order", { check_id: intoId });
    done(`Now together with ${where}`, async () => (await this.unmerge(checkId)) && kiosk.go("order", { check_id: checkId }));
    return merged;
  },

  unmerge(checkId) {
    close?.();
    return this.attempt("unmerge", { check_id: checkId });
  },

  async handOver(person, isAll) {
    const what = isAll ? { from_id: kiosk.me.person_id } : { check_id: this.state.checkId };
    const given = await this.attempt("hand_over", { ...what, to_id: person.id });
    if (given) done(`${plural(given.checks ?? 0, "check")} handed to ${person.name}`);
    return given;
  },

  takeOver() {
    return this.attempt("take_over", { check_id: this.state.checkId });
  },
};
