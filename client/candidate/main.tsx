import { App } from './app.tsx';
import { createApi } from './device/api.ts';
import { createEntry } from './entry.ts';
import { forgetPreferences, loadPreferences, type Preferences } from './preferences.ts';
import { render } from './react.ts';

const root = document.getElementById('app') ?? document.body;
let preferences = loadPreferences();

const entry = createEntry(
  createApi(() => preferences.language ?? 'vi'),
  {
    onLeft() {
      forgetPreferences();
      location.reload();
    },
  },
);

function change(part: Partial<Preferences>): void {
  preferences = { ...preferences, ...part };
  render(<App entry={entry} preferences={preferences} onChange={change} />, root);
}

change({});
void entry.enter();
