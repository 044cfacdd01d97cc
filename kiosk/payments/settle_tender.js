/** How it is paid: what is due in words, one-tap cash, card and wallet for the rest, a typed amount, PAY. */

import { cashKeys, coversInCash, KINDS, openAmount, refusalOf, sizeOf } from "settle_rules";

const PAD = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0", "back"];

export const SettleTender = {
  props: { bill: Object, tip: Number, typed: Number, keyedCount: Number, busy: String, isOnline: Boolean },
  emits: ["cash", "electronic", "type", "clear", "pay"],
  template: `
<section class="k-panel is-pad k-settle__ten" aria-label="Tender" :aria-busy="!!busy">
  <div class="k-due" :class="[{ 'is-ok': open <= 0 }, size]" role="status" aria-live="polite"><small>One bill<template v-if="tip">, tip {{ money(tip) }}</template></small><small>{{ money(bill.sums.total - bill.due) }} of {{ money(bill.sums.total) }} paid</small><b><i class="k-i" aria-hidden="true">{{ open > 0 ? "hourglass_bottom" : "payments" }}</i>{{ word }}<span>{{ money(Math.abs(open)) }}</span></b></div>
  <span class="k-label">Cash, one tap pays</span>
  <div class="k-grid3">
    <button v-for="key in keys" :key="key.amount" class="k-key2" :class="{ 'is-go': isExact(key), 'is-busy': busy === 'cash' + key.amount }" type="button" :disabled="isLocked" @click="$emit('cash', key.amount)"><span v-if="busy === 'cash' + key.amount" class="k-spin" aria-label="Paying"></span>{{ money(key.amount) }}<small>{{ result(key) }}</small></button>
  </div>
  <span class="k-label">{{ typed ? "Other tenders, typed amount" : "Other tenders, for the rest" }}</span>
  <div class="sd-kinds">
    <button v-for="kind in electronic" :key="kind" class="k-btn is-l" :class="{ 'is-primary': kind === 'card' }" type="button" :disabled="isLocked || !!refusal || bill.due <= 0" @click="$emit('electronic', kind)"><span v-if="busy === kind" class="k-spin" aria-label="Paying"></span><i v-else-if="!refusal" class="k-i" aria-hidden="true">{{ kinds[kind].icon }}</i><span class="k-btn__2">{{ kinds[kind].name }}<small>{{ refusal || money(amount) }}</small></span></button>
    <button class="k-btn is-l" type="button" :disabled="isLocked || !typed || typed <= tip || bill.due <= 0" @click="$emit('cash', typed)"><i class="k-i" aria-hidden="true">payments</i><span class="k-btn__2">Cash<small>{{ typed ? money(typed) : "type it" }}</small></span></button>
  </div>
  <div class="k-input sd-typed"><span class="k-dim2">Typed amount</span><b class="k-num">{{ money(typed) }}</b><button v-if="typed" class="k-btn is-icon is-quiet" type="button" aria-label="Clear the typed amount" @click="$emit('clear')"><i class="k-i" aria-hidden="true">close</i></button></div>
  <div class="k-pad k-grow" aria-label="Number pad"><button v-for="key in pad" :key="key" type="button" :aria-label="key === 'back' ? 'Delete' : null" @click="$emit('type', key)"><i v-if="key === 'back'" class="k-i sd-turn" aria-hidden="true">backspace</i><template v-else>{{ key }}</template></button></div>
  <button class="k-btn is-xl is-block sd-pay" :class="{ 'is-primary': !lock }" type="button" :disabled="isLocked || !!lock" @click="$emit('pay')"><span v-if="busy" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">{{ lock ? "lock" : "payments" }}</i>{{ payWords }}</button>
</section>`,
  computed: {
    isLocked() {
      return !!this.busy || !this.isOnline;
    },
    keys() {
      return cashKeys(this.bill, this.tip);
    },
    electronic() {
      return this.bill.tenders.filter((kind) => kind !== "cash" && KINDS[kind]);
    },
    amount() {
      return this.typed || this.bill.due + this.tip;
    },
    refusal() {
      return this.bill.due > 0 ? refusalOf(this.bill, this.amount, this.tip) : "";
    },
    open() {
      return openAmount(this.bill, this.typed, this.tip);
    },
    word() {
      return this.open > 0 ? "SHORT" : "CHANGE";
    },
    size() {
      return sizeOf(this.word, this.money(Math.abs(this.open)));
    },
    covers() {
      return this.typed ? coversInCash(this.bill, this.typed, this.tip) : this.keyedCount > 0 && this.bill.due <= 0;
    },
    lock() {
      if (!this.isOnline) return "Pay: no connection";
      if (!this.bill.sums.total) return "Nothing to pay: free the table";
      return this.covers ? "" : `Pay: still short ${this.money(Math.max(0, this.open))}`;
    },
    payWords() {
      if (this.busy) return "Paying";
      if (this.lock) return this.lock;
      if (!this.typed) return `Pay ${this.money(this.bill.sums.total)}`;
      return this.open ? `Cash ${this.money(this.typed)}, change ${this.money(-this.open)}` : `Cash ${this.money(this.typed)}, exact`;
    },
  },
  created() {
    this.kinds = KINDS;
    this.pad = PAD;
  },
  methods: {
    isExact: (key) => !key.short && !key.change,
    result(key) {
      if (key.short) return `short ${this.money(key.short)}`;
      return key.change ? `change ${this.money(key.change)}` : "exact";
    },
    money: (amount) => window.kiosk.money(amount),
  },
};
