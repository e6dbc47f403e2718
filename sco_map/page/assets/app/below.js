// Made from web/ by make web; sources 05a67b0bb2f64b6e9c24bafbe0000df70e9811c3274584ea76029882e832a187
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
