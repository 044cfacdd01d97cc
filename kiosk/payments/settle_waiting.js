/** Money asked of a payment provider: how it stands, its link to scan, and the ways out. */

import { TillDialog } from "till_parts";

export const WaitingSheet = {
  components: { TillDialog },
  props: ["waiting", "isLocked"],
  emits: ["close", "settleWaiting", "stopWaiting"],
  template: `<till-dialog title="Waiting" css="sd-sheet" @close="$emit('close')"></till-dialog>`,
};
