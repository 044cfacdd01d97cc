// The order screen: menu on the left, check on the right. It shows itself when the route says "order".
import { CategoryRail, CheckPanel, Chooser, MenuGrid, OrderBar, Pad, Sheets, StickyChoices, UndoToast, warmUp } from "kiosk-order-pad";

export default {
  components: { CategoryRail, CheckPanel, Chooser, MenuGrid, OrderBar, Sheets, StickyChoices, UndoToast },
  template: `
    <main v-show="isShown" class="k-app k-order is-fixed k-op">
      <section class="k-order__l" aria-label="Menu" :inert="Boolean(state.sheet)">
        <order-bar :pad="pad" :inert="Boolean(state.chooser)"></order-bar>
        <sticky-choices :pad="pad" :inert="Boolean(state.chooser)"></sticky-choices>
        <div class="k-order__body" :inert="Boolean(state.chooser)">
          <category-rail :pad="pad"></category-rail>
          <menu-grid :pad="pad"></menu-grid>
        </div>
        <chooser v-if="state.chooser" :key="state.chooser.item.id" :pad="pad" :item="state.chooser.item" :tile="state.chooser.tile"
          :closes-itself="state.chooser.closesItself" @close="state.chooser = null"></chooser>
        <undo-toast :pad="pad"></undo-toast>
      </section>
      <check-panel :pad="pad" :inert="Boolean(state.sheet || state.chooser)"></check-panel>
      <sheets :pad="pad"></sheets>
    </main>`,
  setup() {
    const pad = new Pad();
    const isShown = Vue.ref(false);
    const look = () => (isShown.value = kiosk.route.view === "order");
    let stop = () => {};
    Vue.onMounted(() => {
      stop = kiosk.on("route", look);
      look();
      pad.start();
      warmUp();
    });
    Vue.onUnmounted(() => {
      stop();
      pad.stop();
    });
    return { pad, state: pad.state, isShown };
  },
};
