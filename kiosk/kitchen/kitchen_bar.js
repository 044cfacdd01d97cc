/** The board's head: stations with their counts and load, the pass, recall, connection, sound, theme, lock and the time. */

import { running } from "kitchen_times";

export const KitchenBar = {
  props: {
    tabs: Array, tab: [String, Number], lastBumped: Object, hasBumped: Boolean, waitingCount: Number, isOnline: Boolean, averageS: Number,
    bellOn: Boolean, bellWaits: Boolean, time: String,
  },
  emits: ["choose", "recall", "sheet", "bell", "rail"],
  template: `
<header class="k-wall__bar">
  <button v-if="mayLeave" class="k-btn is-icon is-quiet" type="button" aria-label="Back to floor" @click="leave"><i class="k-i kb-turn" aria-hidden="true">arrow_back</i></button>
  <div class="k-seg kb-tabs" role="tablist" aria-label="Station">
    <button v-for="one in tabs" :key="one.key" type="button" role="tab" :aria-selected="one.key === tab" :class="{ 'is-on': one.key === tab }" @click="$emit('choose', one.key)">
      <span><bdi>{{ one.name }}</bdi> <b>{{ one.count }}</b></span><small v-if="one.wait">{{ one.wait }}</small></button>
  </div>
  <div class="kb-pair">
    <button class="k-btn is-line" type="button" :aria-label="lastBumped ? 'Recall ' + lastBumped.label : 'Recall'" :disabled="!lastBumped || !isOnline" @click="$emit('recall', lastBumped)"><i class="k-i" aria-hidden="true">undo</i><span class="kb-recall"><span class="kb-recall__w">Recall </span><bdi v-if="lastBumped">{{ lastBumped.label }}</bdi></span></button>
    <button class="k-btn is-line is-icon" type="button" aria-label="Last tickets bumped" :disabled="!hasBumped" @click="$emit('sheet')"><i class="k-i" aria-hidden="true">history</i></button>
    <button class="k-btn is-line is-icon kb-rail" type="button" aria-label="All day counts" @click="$emit('rail')"><i class="k-i" aria-hidden="true">format_list_numbered</i></button>
  </div>
  <span v-if="waitingCount" class="k-pill is-warn kb-pill">{{ waitingCount }} more below</span>
  <span class="k-bar__sp"></span>
  <span class="k-pill kb-pill" :class="isOnline ? 'is-ok' : 'is-bad'" role="status"><i class="k-i" aria-hidden="true">{{ isOnline ? "cloud_done" : "cloud_off" }}</i>{{ isOnline ? "Live" : "No connection" }}</span>
  <span v-if="averageS !== null" class="k-wall__stat"><b>{{ average }}</b>average tonight</span>
  <button class="k-btn is-icon" :class="{ 'kb-alert': bellWaits }" type="button" :aria-pressed="bellOn" :aria-label="bellWords" :title="bellWords" @click="$emit('bell')"><i class="k-i" aria-hidden="true">{{ bellOn && !bellWaits ? "volume_up" : "volume_off" }}</i></button>
  <button class="k-btn is-icon kb-theme" type="button" aria-label="Switch theme" @click="switchTheme"><i class="k-i" aria-hidden="true">contrast</i></button>
  <button class="k-btn is-icon" type="button" aria-label="Lock" @click="lock"><i class="k-i" aria-hidden="true">lock</i></button>
  <span class="k-wall__clock">{{ time }}</span>
</header>`,
  computed: {
    mayLeave: () => window.kiosk.may("floor"),
    average() {
      return running(this.averageS);
    },
    bellWords() {
      if (!this.bellOn) return "Sound is off";
      return this.bellWaits ? "Sound waits for a touch" : "Sound is on";
    },
  },
  methods: {
    switchTheme: () => window.kiosk.theme(),
    leave: () => window.kiosk.go("floor"),
    lock: () => window.kiosk.lock(),
  },
};
