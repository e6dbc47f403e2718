// Made from web/ by make web; sources f90375cc0af5744db4ff2c2e2fff43cc0bd6684d4d1cd387e84da2af82672747
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
