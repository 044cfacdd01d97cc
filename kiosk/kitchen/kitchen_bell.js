/** A short double tone for a new ticket, three falling ones for paper that does not come. Whether it sounds is remembered on this device. */

const REMEMBERED = "kiosk.kitchen.bell";

export class Bell {
  constructor() {
    this.isOn = remembered() !== "off";
  }

  /** Browsers keep quiet until the first touch; true while that is so. */
  get isWaiting() {
    return this.isOn && (!this.audio || this.audio.state !== "running");
  }

  /** Call on any touch: wakes the sound up. */
  async wake() {
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") await this.audio.resume();
  }

  toggle() {
    this.isOn = !this.isOn;
    remember(this.isOn ? "on" : "off");
    if (this.isOn) this.wake().then(() => this.ring());
  }

  ring() {
    if (!this.isOn || this.audio?.state !== "running") return;
    tone(this.audio, 880, 0);
    tone(this.audio, 1175, 0.16);
  }

  /** A ticket is not on paper since ten seconds: somebody should look. */
  alarm() {
    if (!this.isOn || this.audio?.state !== "running") return;
    [1175, 880, 660].forEach((pitch, place) => tone(this.audio, pitch, place * 0.22));
  }
}

function tone(audio, pitch, after) {
  const start = audio.currentTime + after;
  const voice = audio.createOscillator();
  const loudness = audio.createGain();
  voice.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.0001, start);
  loudness.gain.exponentialRampToValueAtTime(0.35, start + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.18);
  voice.connect(loudness).connect(audio.destination);
  voice.start(start);
  voice.stop(start + 0.2);
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // storage is off on this device: the bell simply starts switched on
  }
}

function remember(value) {
  try {
    localStorage.setItem(REMEMBERED, value);
  } catch {
    // storage is off on this device: the choice holds until the page is closed
  }
}
