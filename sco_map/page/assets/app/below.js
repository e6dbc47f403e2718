// Made from web/ by make web; sources c3bd972320e203c9ef51885ee6748f73590028b6b00a6ce0e15f8c3343a06e95
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
