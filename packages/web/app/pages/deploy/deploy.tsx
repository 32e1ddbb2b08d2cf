import { Route, Switch } from 'wouter';
import { Begin } from './begin.tsx';
import { Serving } from './serving.tsx';

/** What serves, and how that is changed. */
export default function Deploy() {
  return (
    <Switch>
      <Route path="/new" component={Begin} />
      <Route component={Serving} />
    </Switch>
  );
}
