import { Route, Switch } from 'wouter';
import { VersionList } from './list.tsx';
import { Modify } from './modify.tsx';
import { Sweeps } from './sweeps.tsx';
import { VersionPage } from './version.tsx';

/** Jobs with their versions, a version, and the form that makes another from it: each at its own address. */
export default function Training() {
  return (
    <Switch>
      <Route path="/:job/:version/modify">
        {({ job, version }) => <Modify key={`${job}/${version}`} job={job} name={version} />}
      </Route>
      <Route path="/:job/:version">
        {({ job, version }) => <VersionPage key={`${job}/${version}`} job={job} name={version} />}
      </Route>
      <Route path="/sweeps" component={Sweeps} />
      <Route>
        <VersionList />
      </Route>
    </Switch>
  );
}
