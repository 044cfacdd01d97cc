/** The title of a card, which leads to the same figures in the reports, where every number opens its receipts. */
export const CardTitle = {
  props: { text: String, by: String },
  inject: ["reportOf"],
  template: `<h2><a class="day-to" :href="reportOf(by)" :aria-label="text + ': open the report'">{{ text }}<i class="k-i s20" aria-hidden="true">chevron_right</i></a></h2>`,
};
