/** Receipts of a day or of a check: find one, see its paper, print it again, give back, correct the tender. */

import { TillDialog } from "till_parts";

export const ReceiptsSheet = {
  components: { TillDialog },
  props: ["sheet"],
  emits: ["close"],
  template: `<till-dialog title="Receipts" css="sd-sheet is-wide" @close="$emit('close')"></till-dialog>`,
};
