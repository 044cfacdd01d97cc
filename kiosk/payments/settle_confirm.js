/** The payment of one payer, big and for three seconds. It takes no tap: what lies under it can be touched at once. */

const SECONDS = 3;

export const SettleConfirm = {
  props: { receipt: Object },
  emits: ["ended"],
  template: `
<div class="sd-confirm" role="status" aria-live="assertive">
  <i class="k-i" aria-hidden="true">check_circle</i><b>PAID<span>{{ money(receipt.total) }}</span></b>
  <b v-if="receipt.change_due" class="sd-confirm__c">CHANGE<span>{{ money(receipt.change_due) }}</span></b>
  <small>Payer {{ receipt.key }}, receipt {{ receipt.number }}{{ receipt.isPrinted ? ", printed" : "" }}</small>
</div>`,
  watch: { receipt: { immediate: true, handler: "count" } },
  unmounted() {
    clearTimeout(this.timer);
  },
  methods: {
    count() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.$emit("ended"), SECONDS * 1000);
    },
    money: (amount) => window.kiosk.money(amount),
  },
};
