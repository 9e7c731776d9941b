import { render } from 'preact';
import { placeOf } from './address.js';
import { App } from './app.js';
import { fetchProject } from './project-manifest.js';
import { Session } from './session.js';

/** Beside the page, unless the address names another with ?project=. */
const PROJECT = 'firn.project.json';

async function begin(session: Session): Promise<void> {
  const named = new URLSearchParams(location.search).get('project');
  try {
    const project = await fetchProject(new URL(named ?? PROJECT, location.href), session.manifests);
    // Somebody may have opened files of their own meanwhile.
    if (session.state.phase !== 'starting') return;
    if (project !== undefined) await session.openProject(project, placeOf(location.hash));
    else session.showNothing(named === null ? undefined : `there is nothing at ${named}`);
  } catch (error) {
    session.showNothing(error);
  }
}

const host = document.getElementById('app');
if (host === null) throw new Error('the page has no element #app');
const session = new Session();
render(<App session={session} />, host);
// The page may have written another address since: what is followed is the one that was gone to.
addEventListener('hashchange', ({ newURL }) => {
  void session.followAddress(new URL(newURL).hash);
});
void session.busy(() => begin(session));
