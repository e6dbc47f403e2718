// Made from web/ by make web; sources dafc4ae1dc9a698c8f383a2556d080a7f7258092a1811fd08b8def5da3a036e3
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
