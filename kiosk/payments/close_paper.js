/** X and Z as paper, and the workbook of the day to take away. */

export const ZPaper = {
  props: { sheet: Object },
  template: `
<div class="k-paper cl-paper k-grow" tabindex="0" role="document" :aria-label="sheet.title">
  <h3 dir="auto">{{ sheet.venue }}</h3><p><template v-for="line in [sheet.title, ...sheet.notes]" :key="line">{{ line }}<br></template></p>
  <dl v-for="(block, place) in sheet.blocks" :key="place"><template v-for="(row, at) in block" :key="at"><dt :class="{ 'is-b': row.bold, 'cl-alone': !row.text }" dir="auto">{{ row.label }}</dt><dd v-if="row.text" :class="{ 'is-b': row.bold }">{{ row.text.replace(/^-/, "\u2212") }}</dd></template></dl>
</div>`,
};

export const CloseWorkbook = {
  props: { workbook: Object, isClosed: Boolean, mayExport: Boolean },
  data: () => ({ isFetching: false }),
  template: `
<div class="cl-book">
  <div class="k-file"><i class="k-i s32" aria-hidden="true">table_view</i><div class="k-grow"><b>{{ workbook.name }}</b><small role="status">{{ said }}</small></div></div>
  <button v-if="mayExport" class="k-btn is-l is-block" :class="isClosed ? 'is-primary' : ''" type="button" :disabled="!workbook.url || isFetching" @click="download"><span v-if="isFetching" class="k-spin" aria-hidden="true"></span><i v-else class="k-i" aria-hidden="true">download</i>Download workbook</button>
</div>`,
  computed: {
    said() {
      if (!this.isClosed) return "Written when the day closes";
      if (!this.mayExport) return "Kept in the kiosk, for managers and the owner";
      return this.workbook.url ? "Balances to the last coin" : "Being written";
    },
  },
  methods: {
    async download() {
      this.isFetching = true;
      await download(this.workbook);
      this.isFetching = false;
    },
  },
};

/** Take a file away; says why where it does not come. */
export async function download(file) {
  try {
    await save(file);
  } catch {
    window.kiosk.toast({ kind: "bad", text: "The workbook did not arrive.", small: "It is kept in the kiosk. Try again when it is connected." });
  }
}

async function save({ url, name }) {
  const answer = await fetch(url, { cache: "no-store" });
  if (answer.status === 401) return window.kiosk.signedOut();
  if (!answer.ok) return window.kiosk.toast({ kind: "bad", text: (await answer.json()).sentence });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name || /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] || "kiosk.xlsx";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
