// Made from web/ by make web; sources ed64711e173cdcd4610b486d23fb3ee2442f6c0035807cee6140f1bbfd0588e0
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
