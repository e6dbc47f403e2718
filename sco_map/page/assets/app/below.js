// Made from web/ by make web; sources 263dad6a80c683b30d8fc1899d959366833981aee1345ad397a660b3409e32c6
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
