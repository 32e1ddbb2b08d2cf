import { Route, Switch } from 'wouter';
import { Begin } from './begin.tsx';
import { EvaluationList } from './list.tsx';
import { Report } from './report.tsx';

/** What measured models: all, one, and the form that begins another. */
export default function Evaluations() {
  return (
    <Switch>
      <Route path="/new" component={Begin} />
      <Route path="/:job/:version">
        {({ job, version }) => <Report key={`${job}/${version}`} job={job} name={version} />}
      </Route>
      <Route>
        <EvaluationList />
      </Route>
    </Switch>
  );
}
