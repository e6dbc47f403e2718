// Made from web/ by make web; sources 9d4160cebb55e6627a1466d8922abea56bad76aff0c01cf447a8028d515995ce
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
