// Made from web/ by make web; sources 2161f8180ca5b2ca0b73e8ce51ef3eca870d40965decfac803b1e86babcc4c87
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
