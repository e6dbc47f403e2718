// Made from web/ by make web; sources d403e123da875a3d942cb8898f6a56a61ea5c04c05b624003d76e321ee7fb03f
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
