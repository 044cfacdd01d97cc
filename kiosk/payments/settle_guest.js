/** A receipt for the guest's phone: its page as a code to scan, or by e-mail with the letter's way followed. */

import { TillDialog } from "till_parts";

const STANDS = {
  queued: { css: "", icon: "schedule_send", word: "On its way." },
  sending: { css: "", icon: "schedule_send", word: "The mail server is taking it." },
  sent: { css: "is-ok", icon: "check_circle", word: "The mail server has taken it." },
  doubt: { css: "is-warn", icon: "help", word: "Nobody knows yet whether it was taken. It is sent once more." },
  failed: { css: "is-bad", icon: "error", word: "Not sent." },
};

const WAITS = { css: "is-warn", icon: "schedule", word: "It waits and is tried again by itself." };

/** How a letter stands, in words and colour. */
export function standOf({ state, told }) {
  return state === "queued" && told ? WAITS : STANDS[state] ?? STANDS.queued;
}

export const GuestSheet = {
  components: { TillDialog },
  props: { receipt: Object, way: String, isForGuests: Boolean },
  emits: ["close"],
  data: () => ({ link: "", code: null, to: "", letter: null, isBusy: false }),
  template: `
<till-dialog :title="'Receipt ' + receipt.number + (way === 'qr' ? ' for a phone' : ' by e-mail')" css="sd-sheet" @close="$emit('close')">
  <template v-if="way === 'qr'">
    <div v-if="code" class="sd-code"><svg :viewBox="'0 0 ' + code.side + ' ' + code.side" role="img" aria-label="Code of the receipt's page, for the guest's phone"><path :d="code.path" fill="currentColor"></path></svg></div>
    <div v-else class="k-sk" aria-label="Loading"><i></i><i></i><i></i></div>
    <p v-if="isForGuests" class="k-dim sd-say">The guest scans the code and reads the receipt, also after a refund. Whoever has the link can read it.</p>
    <p v-else class="k-note is-warn sd-say"><i class="k-i s20" aria-hidden="true">wifi_off</i><span>Phones cannot open this: the kiosk answers only this computer. Set KIOSK_PUBLIC_URL, or let it listen on the network with KIOSK_HOST.</span></p>
    <p v-if="link" class="k-dim sd-say sd-link" dir="ltr">{{ link }}</p>
  </template>
  <form v-else @submit.prevent="send">
    <label class="k-input"><i class="k-i s20" aria-hidden="true">mail</i><span class="k-sr">The guest's e-mail address</span><input ref="to" v-model="to" type="email" inputmode="email" maxlength="254" dir="ltr" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="ana@example.com" enterkeyhint="send" autofocus></label>
    <p v-if="letter" class="k-note sd-stand" :class="stand.css" role="status"><i class="k-i" aria-hidden="true">{{ stand.icon }}</i><span class="k-grow"><b>{{ stand.word }}</b> <bdi>{{ letter.to }}</bdi> <span v-if="letter.told && letter.state !== 'sent'" dir="auto">{{ letter.told }}</span></span></p>
    <button class="k-btn is-primary is-l is-block" type="submit" :disabled="!to.trim() || isBusy"><span v-if="isBusy" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">send</i>{{ letter ? "Send to this address, too" : "Send" }}</button>
  </form>
</till-dialog>`,
  computed: {
    stand() {
      return standOf(this.letter);
    },
  },
  created() {
    if (this.way === "qr") this.open();
  },
  unmounted() {
    this.unfollow?.();
  },
  methods: {
    async open() {
      try {
        Object.assign(this, await window.kiosk.act("receipt_link", { receipt_id: this.receipt.id }));
      } catch {
        this.$emit("close"); // the kiosk has said why
      }
    },
    async send() {
      if (this.isBusy || !this.to.trim()) return;
      this.isBusy = true;
      try {
        const { letter_id: id, to } = await window.kiosk.act("email_receipt", { receipt_id: this.receipt.id, to: this.to });
        this.follow({ id, to, state: "queued", told: "" });
      } catch {
        // the kiosk has said why; what was typed stays
      } finally {
        this.isBusy = false;
      }
    },
    follow(letter) {
      this.unfollow?.();
      this.letter = letter;
      this.to = "";
      const take = (told) => {
        if (told.id === this.letter?.id) this.letter = told;
      };
      this.unfollow = window.kiosk.follow(`letter:${letter.id}`, { load: () => window.kiosk.view(`letter/${letter.id}`), snapshot: take, change: take, whole: true });
    },
  },
};

/** The keys beside a receipt: its code, and e-mail where the house can send any. */
export const GuestKeys = {
  components: { GuestSheet },
  props: { receipt: Object, css: { type: String, default: "" }, isLocked: Boolean },
  emits: ["open"],
  data: () => ({ ways: null, way: "" }),
  template: `
<button class="k-btn" :class="css" type="button" :disabled="isLocked" @click="open('qr')"><i class="k-i" :class="{ s20: !css }" aria-hidden="true">qr_code_2</i>QR code</button>
<button v-if="ways?.has_post" class="k-btn" :class="css" type="button" :disabled="isLocked" @click="open('mail')"><i class="k-i" :class="{ s20: !css }" aria-hidden="true">mail</i>E-mail</button>
<guest-sheet v-if="way" :receipt="receipt" :way="way" :is-for-guests="ways?.is_for_guests ?? true" @close="way = ''"></guest-sheet>`,
  created() {
    window.kiosk.view("receipt_ways").then((ways) => (this.ways = ways)).catch(() => {});
  },
  methods: {
    open(way) {
      this.way = way;
      this.$emit("open");
    },
  },
};
